import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { BatchParter } from '../../src/capture/batch-shares.ts';
import { FedBytes } from '../../src/capture/fed-bytes.ts';
import { FedNumbers } from '../../src/capture/fed-numbers.ts';
import { InterfaceTable } from '../../src/capture/interface-table.ts';
import { descriptionsIn, interfaceShift, markBlock } from '../../src/capture/shard-mark.ts';
import { busyCapture } from './busy-capture.ts';
import { fixture } from './fixtures.ts';
import { batchesOf } from './live-chain.ts';

function blocksOf(bytes: Buffer): Buffer[] {
  const blocks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += blocks.at(-1)!.length)
    blocks.push(bytes.subarray(at, at + bytes.readUInt32LE(at + 4)));
  return blocks;
}

/** A packet without the number of its interface. */
const dataOf = (block: Buffer): string => block.subarray(12).toString('hex');

describe('the shares of a batch', () => {
  for (const [name, capture] of [
    ['many connections', busyCapture({ seed: 1, connections: 12, steps: 12 })],
    ['several interfaces', readFileSync(fixture('two-interfaces.pcapng'))],
    ['tunnels', readFileSync(fixture('vxlan.pcap'))],
    ['no TCP', readFileSync(fixture('no-tcp.pcap'))],
  ] as const) {
    it(`hold every packet once, under its number, with a mark behind: ${name}`, () => {
      const table = new InterfaceTable();
      const batches = batchesOf(capture, table, 5000);
      const parter = new BatchParter(3);
      for (const description of descriptionsIn(table.prelude)) parter.addInterface(description);
      let first = 0;
      for (const batch of batches) {
        const packets = batch.blocks.flatMap(blocksOf);
        const { shares, unsafeAt } = parter.part(batch, first);
        expect(unsafeAt).to.equal(null);
        expect(shares).to.have.length(4);
        const given = new Map<number, Buffer>();
        for (const share of shares) {
          if (share === null) continue;
          const blocks = blocksOf(share.bytes);
          expect(blocks).to.have.length(share.numbers.length);
          expect(blocks.pop()).to.deep.equal(markBlock);
          expect(share.numbers.at(-1)).to.equal(-1);
          blocks.forEach((block, i) => given.set(share.numbers[i]!, block));
        }
        for (const [number, block] of given) {
          const packet = packets[number - first]!;
          expect(dataOf(block)).to.equal(dataOf(packet));
          expect(block.readUInt32LE(8)).to.equal(packet.readUInt32LE(8) + interfaceShift);
        }
        if (name !== 'no TCP') expect(given.size).to.equal(batch.packets);
        first += batch.packets;
      }
      expect(first).to.be.greaterThan(0);
    });
  }

  it('end before a fragment of TCP', () => {
    const table = new InterfaceTable();
    const [batch] = batchesOf(readFileSync(fixture('ipv4-fragments.pcap')), table, 1e6);
    const parter = new BatchParter(2);
    for (const description of descriptionsIn(table.prelude)) parter.addInterface(description);
    const { shares, unsafeAt } = parter.part(batch!, 100);
    expect(unsafeAt).to.be.within(101, 100 + batch!.packets);
    const numbers = shares.flatMap((share) => [...(share?.numbers ?? [])].filter((number) => number >= 0));
    expect(numbers.sort((a, b) => a - b)).to.deep.equal(
      Array.from({ length: unsafeAt! - 100 }, (_, i) => 100 + i),
    );
  });
});

describe('the packets that one tshark was fed', () => {
  it('are known by what tshark calls them, and done up to there', () => {
    const fed = new FedNumbers();
    expect(fed.next).to.equal(Infinity);
    fed.add(Float64Array.of(10, 12, -1));
    fed.add(Float64Array.of(20, 21, 22, -1));
    expect(fed.next).to.equal(10);
    expect([...fed.take([2])]).to.deep.equal([12]);
    expect(fed.next).to.equal(20);
    expect([...fed.take([3, 5, 7])]).to.deep.equal([-1, 21, -1]);
    expect(fed.next).to.equal(Infinity);
    fed.add(Float64Array.of(30));
    expect([...fed.take([8])]).to.deep.equal([30]);
  });

  it('wait as bytes from the first one that is not done', () => {
    const bytes = new FedBytes();
    for (const packet of [0, 10, 20]) bytes.add(packet, 100);
    expect(bytes.backlog).to.equal(300);
    bytes.done(9);
    expect(bytes.backlog).to.equal(300);
    bytes.done(10);
    expect([bytes.backlog, bytes.doneBytes]).to.deep.equal([200, 100]);
    bytes.done(Infinity);
    bytes.add(30, 50);
    expect([bytes.backlog, bytes.doneBytes]).to.deep.equal([50, 300]);
  });
});
