import { copyFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { milliseconds } from '../../fixtures/pcap/durations.ts';
import { inTimeOrder, linkType, type Frame } from '../../fixtures/pcap/frame.ts';
import * as layers from '../../fixtures/pcap/layers.ts';
import { pcapFile } from '../../fixtures/pcap/pcap-file.ts';
import { macsOf, type Side } from '../../fixtures/pcap/tcp-segment.ts';
import { analyze } from '../../src/analysis/analyze.ts';
import { analysisDocument } from '../../src/report/analysis-document.ts';
import { jsonText } from '../../src/report/json.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Packets = (segment: layers.Pdu, ends: layers.IpAddresses, id: number) => layers.Pdu[];

const outer = { src: '172.16.0.1', dst: '172.16.0.2' };
const ports = (dstPort: number) => ({ srcPort: 40_000, dstPort });
const inUdp = (packet: layers.Pdu, port: number) => layers.ip(layers.udp(packet, ports(port), outer), outer);
const inFragments: Packets = (segment, ends, identification) =>
  ends.src.includes(':')
    ? layers.ipv6Fragments(segment, { ...ends, identification }, 24)
    : layers.ipv4Fragments(segment, { ...ends, identification }, 24);

/** How a segment may travel; the same connection may travel in several of these ways. */
const ways = {
  plain: (segment, ends) => [layers.ip(segment, ends)],
  VLAN: (segment, ends) => [layers.vlan(layers.ip(segment, ends), 7)],
  fragments: inFragments,
  'fragments backwards': (...of) => inFragments(...of).reverse(),
  'fragments without the last': (...of) => inFragments(...of).slice(0, -1),
  'IP in IP': (segment, ends) => [layers.ip(layers.ip(segment, ends), outer)],
  GRE: (segment, ends) => [layers.ip(layers.gre(layers.ip(segment, ends)), outer)],
  'GTP-U': (segment, ends) => [inUdp(layers.gtpU(layers.ip(segment, ends), 9), layers.tunnelPort.gtpU)],
  VXLAN: (segment, ends) => {
    const frame = layers.ethernet(layers.ip(segment, ends), macsOf('client'));
    return [inUdp(layers.vxlan(frame, 11), layers.tunnelPort.vxlan)];
  },
  MPLS: (segment, ends) => [layers.mpls(layers.ip(segment, ends), 17)],
  PPPoE: (segment, ends) => [layers.pppoe(layers.ip(segment, ends), 3)],
  'fragments in GRE': (...of) => inFragments(...of).map((piece) => layers.ip(layers.gre(piece), outer)),
  'quoted, too': (segment, ends) => {
    const packet = layers.ip(segment, ends);
    if (packet.kind === 'ipv6') return [packet];
    return [packet, layers.ip(layers.icmpUnreachable(packet, 1, packet.bytes.length), outer)];
  },
} satisfies Record<string, Packets>;

const snapLength = fc.oneof(
  { arbitrary: fc.constant({}), weight: 3 },
  { arbitrary: fc.record({ snapLength: fc.integer({ min: 38, max: 180 }) }), weight: 1 },
);

const way = fc.constantFrom(...(Object.keys(ways) as (keyof typeof ways)[]));

/** Some segments between two ends, of which there are few, so that connections meet and ports are used again. */
const stretch = fc.record({
  isIpv6: fc.boolean(),
  client: fc.integer({ min: 1, max: 2 }),
  port: fc.integer({ min: 20_000, max: 20_002 }),
  startMs: fc.nat({ max: 500 }),
  way: fc.oneof({ arbitrary: fc.constant('plain' as const), weight: 2 }, { arbitrary: way, weight: 1 }),
  steps: fc.array(
    fc.record({
      from: fc.constantFrom<Side>('client', 'server'),
      payloadBytes: fc.nat({ max: 200 }),
      gapMs: fc.nat({ max: 40 }),
      isSyn: fc.nat({ max: 9 }).map((number) => number === 0),
      way: fc.option(way, { freq: 9 }),
    }),
    { minLength: 2, maxLength: 12 },
  ),
});

function framesOf(made: typeof stretch extends fc.Arbitrary<infer T> ? T : never, index: number): Frame[] {
  const address = (host: number): string => (made.isIpv6 ? `2001:db8::${host}` : `10.9.8.${host}`);
  const hosts = { client: address(made.client), server: address(101) };
  const port = { client: made.port, server: 6000 };
  const next = { client: 1000, server: 5000 };
  let timeNs = milliseconds(1_600_000_000_000 + made.startMs);
  return made.steps.flatMap(({ from, payloadBytes, gapMs, isSyn, way: own }, at): Frame[] => {
    timeNs += milliseconds(gapMs);
    const to = from === 'client' ? 'server' : 'client';
    const ends = { src: hosts[from], dst: hosts[to] };
    const flags = isSyn ? layers.tcpFlag.syn : layers.tcpFlag.ack;
    const numbers = { seq: next[from], ack: isSyn ? 0 : next[to], flags };
    const payload = layers.data(Buffer.alloc(isSyn ? 0 : payloadBytes, 'p'));
    const segment = layers.tcp(payload, { srcPort: port[from], dstPort: port[to], ...numbers }, ends);
    next[from] += isSyn ? 1 : payloadBytes;
    const sentAt = timeNs;
    return ways[own ?? made.way](segment, ends, index * 50 + at + 1).map((packet) => ({
      timeNs: sentAt,
      bytes: layers.ethernet(packet, macsOf(from)).bytes,
    }));
  });
}

/** How often captures were read by several tsharks to the end, and by one after all. */
const read = { shared: 0, byOne: 0, groups: 0 };

async function printed(capture: string, shards: number, profile: 'lean' | 'full'): Promise<string> {
  const extraction = profile === 'full' ? ('fields' as const) : undefined;
  const by = ['src', 'dst', 'src_port', 'dst_port'] as const;
  let used = 1;
  const onShards = (told: { shards: number }) => (used = told.shards);
  const analysis = await analyze({ inputs: [capture], by, shards, profile, extraction, onShards });
  if (shards > 1) read[used > 1 ? 'shared' : 'byOne'] += 1;
  else read.groups += analysis.measurements[0].groups.length;
  const { inputs, measurements, problems } = analysis;
  const document = analysisDocument({ tsharkVersion: analysis.tshark.version, inputs, measurements });
  return jsonText({ ...document, problems });
}

const numRuns = Number(process.env['RTTSHARK_TEST_RUNS'] ?? 4);
const seed = Number(
  process.env['RTTSHARK_TEST_SEED'] ?? (process.env['RTTSHARK_TEST_RUNS'] ? Date.now() : 4),
);
/** Where the smallest capture that failed is left. */
const keptAt = process.env['RTTSHARK_TEST_KEEP'] ?? '';

describe('analysis: of random packets whose connections are both in tunnels or fragments and without', function () {
  this.timeout(Math.max(60_000, numRuns * 20_000));
  const file = temporaryFolder();

  it('gives the same from several tsharks as from the plainest one', async () => {
    const many = fc.array(stretch, { minLength: 1, maxLength: 12 });
    const property = fc.asyncProperty(
      many,
      snapLength,
      fc.integer({ min: 2, max: 3 }),
      async (stretches, cut, shards) => {
        const capture = file('random.pcap');
        const frames = inTimeOrder(...stretches.map(framesOf));
        writeFileSync(capture, pcapFile(frames, { linkType: linkType.ethernet, nanoseconds: true, ...cut }));
        const expected = await printed(capture, 1, 'full');
        const result = await printed(capture, shards, 'lean');
        if (result !== expected && keptAt !== '') copyFileSync(capture, keptAt);
        expect(result).to.equal(expected);
      },
    );
    await fc.assert(property, { numRuns, seed });
    console.log(`      ${read.shared} shared, ${read.byOne} read by one after all, ${read.groups} groups`);
    expect(read.shared).to.be.above(0);
    expect(read.groups).to.be.above(numRuns);
  });
});
