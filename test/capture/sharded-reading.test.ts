import { readdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { CaptureReading } from '../../src/capture/capture-reading.ts';
import type { CaptureRequest } from '../../src/capture/capture-request.ts';
import { ShardedReading, type ShardedOptions } from '../../src/capture/sharded-reading.ts';
import type { AnyTable } from '../../src/table/table.ts';
import { findTshark } from '../../src/tshark/find-tools.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { fakeTool, ownChildren, until } from '../tshark/processes.ts';
import { busyCapture } from './busy-capture.ts';
import { fixture } from './fixtures.ts';
import { tcpInTcpCapture } from './tcp-in-tcp-capture.ts';

const schema = {
  'frame.time_epoch': 'time',
  'tcp.analysis.ack_rtt': 'float64',
  'ip.src': 'text',
  'ipv6.src': 'text',
  'tcp.srcport': 'text',
} as const;

async function request(input: string, tshark?: string): Promise<CaptureRequest<typeof schema>> {
  return { tshark: await findTshark(tshark), input, schema, displayFilter: 'tcp.analysis.ack_rtt' };
}

/** A text for each row, with the number of its packet before it. */
function linesOf(packets: AnyTable, numbers: ArrayLike<number>): string[] {
  const columns = Object.keys(schema).map((name) => packets.column(name));
  return Array.from({ length: packets.rowCount }, (_, row) =>
    [numbers[row], ...columns.map((column) => String(column.get(row)))].join(' '),
  );
}

/** What one tshark gives that reads the file. */
async function plainLines(input: string): Promise<string[]> {
  const asked = await request(input);
  const lines: string[] = [];
  for await (const packets of new CaptureReading({
    ...asked,
    schema: { ...schema, 'frame.number': 'uint32' },
  }))
    lines.push(...linesOf(packets, packets.column('frame.number').toArray() as number[]));
  return lines;
}

interface Shared {
  readonly lines: readonly string[];
  readonly reading: ShardedReading<typeof schema>;
}

/** What several give, in the order of the packets. */
async function sharedLines(input: string, options: ShardedOptions): Promise<Shared> {
  const reading = new ShardedReading(await request(input), options);
  const lines: (readonly [number, string])[] = [];
  for await (const { packets, order } of reading)
    linesOf(packets, order).forEach((line, row) => lines.push([order[row] ?? 0, line]));
  lines.sort(([a], [b]) => a - b);
  return { lines: lines.map(([, line]) => line), reading };
}

/** Takes everything that it gives. */
async function drain(reading: AsyncIterable<unknown>): Promise<void> {
  const rows = reading[Symbol.asyncIterator]();
  while ((await rows.next()).done !== true);
}

const openFiles = (): number => readdirSync('/proc/self/fd').length;

describe('reading a file with several tsharks', () => {
  const file = temporaryFolder();
  let busy: string;
  let childrenBefore: readonly number[];
  let openBefore: number;

  before(() => {
    busy = file('busy.pcap');
    writeFileSync(busy, busyCapture({ seed: 7, connections: 40, steps: 60 }));
  });

  beforeEach(() => {
    childrenBefore = ownChildren();
    openBefore = openFiles();
  });

  afterEach('leaves no process and no open file behind', async () => {
    await until('all children are reaped', () => ownChildren().every((pid) => childrenBefore.includes(pid)));
    await until('all files are closed', () => openFiles() <= openBefore);
  });

  for (const shards of [1, 2, 5]) {
    it(`gives the rows of one, with the numbers of their packets: ${shards} side by side`, async () => {
      const { lines, reading } = await sharedLines(busy, { shards });
      expect(lines).to.deep.equal(await plainLines(busy));
      expect(reading.unsafe).to.equal(undefined);
      expect(reading.end).to.include({ kind: 'done', rows: lines.length });
      expect(reading.progress().bytesRead).to.equal(reading.progress().bytesTotal);
    });
  }

  for (const shards of [1, 2]) {
    it(`gives the rows of one where several follow each other: ${shards} side by side`, async () => {
      const { lines, reading } = await sharedLines(busy, {
        shards,
        packetsPerTshark: 1500,
        overlapPackets: 600,
      });
      expect(lines).to.deep.equal(await plainLines(busy));
      expect(reading.differences).to.equal(0);
    });
  }

  it('begins again further before where the next tshark does not print the same', async () => {
    // An overlap of a few packets lacks the segments that these acknowledge.
    const { lines } = await sharedLines(busy, { shards: 1, packetsPerTshark: 2500, overlapPackets: 40 });
    const plain = await plainLines(busy);
    expect(lines.length).to.be.closeTo(plain.length, plain.length / 100);
    expect(new Set(lines).size).to.equal(lines.length);
  });

  for (const onlyTcpEnds of [false, true]) {
    it(`says that TCP within TCP is not to be parted, ${onlyTcpEnds ? 'by ports' : 'by layers'}`, async () => {
      const input = file(`tcp-in-tcp-${onlyTcpEnds}.pcap`);
      writeFileSync(input, tcpInTcpCapture());
      const reading = new ShardedReading({ ...(await request(input)), onlyTcpEnds }, { shards: 2 });
      await drain(reading);
      expect(reading.unsafe).to.match(/within TCP/);
    });
  }

  it('gives the rows of one where tsharks do not print what packets tell', async () => {
    const asked = { ...(await request(busy)), onlyTcpEnds: true };
    const lines: (readonly [number, string])[] = [];
    for await (const { packets, order } of new ShardedReading(asked, { shards: 3 }))
      linesOf(packets, order).forEach((line, row) => lines.push([order[row] ?? 0, line]));
    lines.sort(([a], [b]) => a - b);
    expect(lines.map(([, line]) => line)).to.deep.equal(await plainLines(busy));
  });

  for (const name of [
    'vxlan.pcap',
    'ipv4-fragments.pcap',
    'gre.pcap',
    'mpls.pcap',
    'bad-record-length.pcap',
  ]) {
    it(`says that ${name} is not to be parted`, async () => {
      const { reading } = await sharedLines(fixture(name), { shards: 2 });
      expect(reading.unsafe).to.be.a('string');
      expect(reading.end).to.equal(undefined);
    });
  }

  it('says of a capture that is cut short what one tshark says', async () => {
    const input = fixture('cut-in-packet.pcap');
    const { reading } = await sharedLines(input, { shards: 2 });
    const one = new CaptureReading(await request(input));
    await drain(one);
    expect(reading.end).to.deep.equal(one.end);
  });

  it('gives what there is where one of them dies, and says so', async () => {
    const bytes = busyCapture({ seed: 7, connections: 40, steps: 60 });
    bytes.write('poison', bytes.length - 10);
    const input = file('poison.pcap');
    writeFileSync(input, bytes);
    const reading = new ShardedReading(await request(input, fakeTool('tshark-dies-of-a-packet')), {
      shards: 2,
    });
    await drain(reading);
    expect(reading.end?.kind).to.equal('died');
  });

  it('can be stopped at any moment', async () => {
    const asked = await request(busy);
    for (const turns of [0, 1, 3, 10, 50]) {
      const reading = new ShardedReading(asked, { shards: 3 });
      const reads = drain(reading);
      for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve));
      await reading.stop();
      await reads;
    }
  });

  it('ends all of them when the iteration breaks off', async () => {
    const rows = new ShardedReading(await request(busy), { shards: 3 })[Symbol.asyncIterator]();
    expect((await rows.next()).done).to.equal(false);
    await rows.return();
  });
});
