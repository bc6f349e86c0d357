import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { Column } from '../../src/table/column.ts';
import { Table } from '../../src/table/table.ts';
import { live } from './live-collectors.ts';

const rowsOfChunk = 8192;
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function usedBytes(): number {
  // The second time waits for the sweeping of array buffers that the first began.
  collectGarbage();
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Packets of as many sources as given, in turn, from a certain one on. */
function chunkOf(sources: number, firstSource = 0) {
  const rows = Array.from({ length: rowsOfChunk }, (_, row) => row);
  const text = (values: readonly string[], codeOf: (row: number) => number) =>
    new Column({ type: 'text', values: Uint32Array.from(rows, codeOf), dictionary: values });
  const addresses = Array.from({ length: sources }, (_, i) => {
    const number = firstSource + i;
    return `10.${number >>> 16}.${(number >>> 8) & 255}.${number & 255}`;
  });
  const same = (value: string) => text([value], () => 0);
  const nothing = new Column({
    type: 'text',
    values: new Uint32Array(rowsOfChunk),
    validity: new Uint8Array(rowsOfChunk),
  });
  return new Table({
    'frame.time_epoch': new Column({ type: 'time', values: BigInt64Array.from(rows, BigInt) }),
    'tcp.analysis.ack_rtt': new Column({
      type: 'float64',
      values: Float64Array.from(rows, (row) => 1e-5 * (1 + ((row * 7919) % rowsOfChunk))),
    }),
    'frame.protocols': same('eth:ethertype:ip:tcp'),
    'ip.src': text(addresses, (row) => row % sources),
    'ip.dst': same('192.168.0.1'),
    'ipv6.src': nothing,
    'ipv6.dst': nothing,
  });
}

describe('the memory of a live capture', () => {
  it('does not grow with the number of samples', () => {
    const collector = live({ exactSamples: 100_000 });
    const chunk = chunkOf(50);
    const intervals = (count: number) => {
      for (let i = 0; i < count * 10; i++) {
        collector.add(chunk, i);
        if (i % 10 === 9) collector.report(i);
      }
    };
    intervals(5);
    const before = usedBytes();
    intervals(20);
    expect(collector.counts.samples).to.equal(250 * rowsOfChunk);
    // All values would be 13 MB.
    expect(usedBytes() - before).to.be.lessThan(2e6);
  });

  it('does not grow within an interval that never ends', () => {
    const collector = live({ exactSamples: 100_000 });
    const chunk = chunkOf(50);
    for (let i = 0; i < 50; i++) collector.add(chunk, i);
    const before = usedBytes();
    for (let i = 0; i < 200; i++) collector.add(chunk, i);
    expect(usedBytes() - before).to.be.lessThan(2e6);
  });

  it('does not grow with the number of pairs', () => {
    const collector = live({ maxGroups: 1000, exactSamples: 10_000 });
    const chunks = Math.ceil(100_000 / rowsOfChunk);
    for (let i = 0; i < chunks; i++) collector.add(chunkOf(rowsOfChunk, i * rowsOfChunk), i);
    expect(collector.counts).to.deep.equal({
      samples: chunks * rowsOfChunk,
      groups: 1001,
      expiredGroups: 0,
      samplesInOther: chunks * rowsOfChunk - 1000,
    });
    collector.report(0);
    const before = usedBytes();
    for (let i = 0; i < 5; i++) collector.add(chunkOf(rowsOfChunk, (chunks + i) * rowsOfChunk), i);
    collector.report(0);
    expect(collector.counts.groups).to.equal(1001);
    expect(usedBytes() - before).to.be.lessThan(1e6);
  });

  it('is given back by groups that expire', () => {
    const collector = live({ exactSamples: 0, expireMs: 1000, maxGroups: Infinity });
    collector.report(0);
    const before = usedBytes();
    for (let i = 0; i < 3; i++) {
      collector.add(chunkOf(rowsOfChunk, i * rowsOfChunk), i * 5000);
      collector.report(i * 5000);
    }
    collector.report(1e9);
    expect(collector.counts).to.include({ groups: 0, expiredGroups: 3 * rowsOfChunk });
    expect(usedBytes() - before).to.be.lessThan(1e6);
  });
});
