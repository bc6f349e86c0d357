import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { CaptureReading } from '../../src/capture/capture-reading.ts';
import type { CaptureRequest } from '../../src/capture/capture-request.ts';
import { fragmentsAreOdd } from '../../src/capture/shard-feed.ts';
import {
  connectionsAreMixed,
  ShardedReading,
  type ShardedOptions,
} from '../../src/capture/sharded-reading.ts';
import type { AnyTable } from '../../src/table/table.ts';
import { findTshark } from '../../src/tshark/find-tools.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { busyCapture } from './busy-capture.ts';
import { fixture } from './fixtures.ts';

const schema = {
  'frame.time_epoch': 'time',
  'tcp.analysis.ack_rtt': 'float64',
  'ip.src': 'text',
  'ip.dst': 'text',
  'ipv6.src': 'text',
} as const;

async function request(input: string): Promise<CaptureRequest<typeof schema>> {
  const displayFilter = 'tcp.analysis.ack_rtt';
  return { tshark: await findTshark(), input, schema, displayFilter, onlyTcpEnds: true };
}

function linesOf(packets: AnyTable, numbers: ArrayLike<number>): [number, string][] {
  const columns = Object.keys(schema).map((name) => packets.column(name));
  return Array.from({ length: packets.rowCount }, (_, row) => [
    numbers[row] ?? 0,
    columns.map((column) => String(column.get(row))).join(' '),
  ]);
}

/** What one tshark gives that reads the file. */
async function plainLines(input: string): Promise<[number, string][]> {
  const asked = { ...(await request(input)), schema: { ...schema, 'frame.number': 'uint32' } as const };
  const lines: [number, string][] = [];
  for await (const packets of new CaptureReading(asked))
    lines.push(...linesOf(packets, packets.column('frame.number').toArray() as number[]));
  return lines;
}

async function shared(input: string, options: ShardedOptions) {
  const reading = new ShardedReading(await request(input), options);
  const lines: [number, string][] = [];
  for await (const { packets, order } of reading) lines.push(...linesOf(packets, order));
  return { reading, lines: lines.sort(([a], [b]) => a - b) };
}

describe('packets that belong to no flow that can be told, beside shards', () => {
  const file = temporaryFolder();
  let busy: string;

  /** One capture of several, one after the other. */
  function joined(name: string, ...parts: readonly string[]): string {
    const path = file(name);
    execFileSync('mergecap', ['-a', '-w', path, ...parts], { stdio: 'ignore' });
    return path;
  }

  before(() => {
    busy = file('busy.pcap');
    writeFileSync(busy, busyCapture({ seed: 7, connections: 8, steps: 20 }));
  });

  for (const name of [
    'vxlan.pcap',
    'gre.pcap',
    'mpls.pcap',
    'gtp-u.pcap',
    'erspan.pcap',
    'ipv6-in-ipv4.pcap',
    'pppoe-over-qinq.pcap',
    'ipv4-fragments.pcap',
    'ipv6-fragments.pcap',
  ]) {
    it(`have rows that count: ${name}`, async () => {
      const input = joined(`with-${name}`, busy, fixture(name), busy);
      const { reading, lines } = await shared(input, { shards: 2, keepsApart: true });
      expect(reading.unsafe).to.equal(undefined);
      const plain = await plainLines(input);
      expect(lines).to.deep.equal(plain);
      expect(reading.end).to.deep.include({ kind: 'done', rows: plain.length });
      const own = await plainLines(fixture(name));
      expect(own, 'rows of the tunnel').to.have.length.above(0);
      expect(reading.progress().rows).to.equal(plain.length);
    });
  }

  it('count where several tsharks follow each other', async () => {
    const input = joined('long.pcapng', busy, fixture('vxlan.pcap'), fixture('ipv4-fragments.pcap'), busy);
    const options = { shards: 2, packetsPerTshark: 150, overlapPackets: 100, keepsApart: true };
    const { reading, lines } = await shared(input, options);
    expect(reading.unsafe).to.equal(undefined);
    expect(lines).to.deep.equal(await plainLines(input));
  });

  it('do not count where nobody looked for fragments first', async () => {
    const { reading } = await shared(joined('late.pcapng', busy, fixture('ipv4-fragments.pcap')), {
      shards: 2,
    });
    expect(reading.unsafe).to.equal(fragmentsAreOdd);
    expect(reading.end).to.equal(undefined);
  });

  it('do not count where a connection of theirs is in a shard, too', async () => {
    // The same conversation, in a tunnel and without.
    const { reading } = await shared(joined('both.pcapng', fixture('ipv4.pcap'), fixture('vxlan.pcap')), {
      shards: 2,
    });
    expect(reading.unsafe).to.equal(connectionsAreMixed);
  });

  for (const name of [
    'vxlan.pcap',
    'gre.pcap',
    'mpls.pcap',
    'pppoe.pcap',
    'erspan.pcap',
    'ipv6-in-ipv4.pcap',
  ])
    it(`count together with what is like them, where that was looked for first: ${name}`, async () => {
      const input = joined(`apart-${name}`, fixture('ipv4.pcap'), fixture('ipv6.pcap'), fixture(name), busy);
      const { reading, lines } = await shared(input, { shards: 2, keepsApart: true });
      expect(reading.unsafe).to.equal(undefined);
      expect(lines).to.deep.equal(await plainLines(input));
    });

  it('leave nothing behind when it is stopped before fragments have been looked for', async () => {
    const reading = new ShardedReading(await request(busy), { shards: 2, keepsApart: true });
    const rows = reading[Symbol.asyncIterator]();
    const first = rows.next();
    await reading.stop();
    await first;
    expect((await rows.next()).done).to.equal(true);
  });
});
