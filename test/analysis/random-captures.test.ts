import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { decimalSeconds, milliseconds } from '../../fixtures/pcap/durations.ts';
import { linkType, type Frame } from '../../fixtures/pcap/frame.ts';
import { ip } from '../../fixtures/pcap/ip-layers.ts';
import { ethernet, mpls, pppoe, providerVlan, vlan } from '../../fixtures/pcap/link-layers.ts';
import { pcapFile } from '../../fixtures/pcap/pcap-file.ts';
import type { Pdu } from '../../fixtures/pcap/pdu.ts';
import { randomConversation } from '../../fixtures/pcap/random-conversation.ts';
import { Random } from '../../fixtures/pcap/random.ts';
import type { KnownSample } from '../../fixtures/pcap/ack-matcher.ts';
import { framesOf, ipPacket, macsOf, type Side, type TcpSegment } from '../../fixtures/pcap/tcp-segment.ts';
import { geneve, gre, gtpU, tunnelPort, vxlan } from '../../fixtures/pcap/tunnel-layers.ts';
import { udp } from '../../fixtures/pcap/transport-layers.ts';
import { analyze } from '../../src/analysis/analyze.ts';
import type { ShardUse } from '../../src/analysis/analysis-options.ts';
import type { LabelName } from '../../src/measure/labels.ts';
import { analysisText } from '../../src/metrics/analysis-text.ts';
import { expectGroups } from '../support/expect-groups.ts';
import { plainFigures, type PlainSample } from '../support/plain-tshark.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Wrapping = (packet: Pdu, from: Side) => Pdu;

const outer4 = { client: '172.16.0.1', server: '172.16.0.2' };
const outer6 = { client: 'fd00::1', server: 'fd00::2' };

function across(ends: Record<Side, string>, from: Side): { src: string; dst: string } {
  return from === 'client' ? { src: ends.client, dst: ends.server } : { src: ends.server, dst: ends.client };
}

function inIp(packet: Pdu, ends: Record<Side, string>, from: Side): Pdu {
  return ip(packet, { ...across(ends, from), identification: 1, dontFragment: true });
}

function inUdp(packet: Pdu, ends: Record<Side, string>, from: Side, port: number): Pdu {
  const datagram = udp(packet, { srcPort: 40_000, dstPort: port }, across(ends, from));
  return inIp(datagram, ends, from);
}

/** What can be around the IP packet of a connection, below Ethernet. */
const wrappings: Readonly<Record<string, Wrapping>> = {
  nothing: (packet) => packet,
  VLAN: (packet) => vlan(packet, 7),
  QinQ: (packet) => providerVlan(vlan(packet, 7), 100),
  MPLS: (packet) => mpls(mpls(packet, 17), 18),
  PPPoE: (packet) => pppoe(packet, 3),
  'IP in IPv4': (packet, from) => inIp(packet, outer4, from),
  'IP in IPv6': (packet, from) => inIp(packet, outer6, from),
  'IP in IPv4 in IPv6': (packet, from) => inIp(inIp(packet, outer4, from), outer6, from),
  GRE: (packet, from) => inIp(gre(packet, { key: 5 }), outer4, from),
  'GTP-U': (packet, from) => inUdp(gtpU(packet, 9), outer4, from, tunnelPort.gtpU),
  VXLAN: (packet, from) => inUdp(vxlan(ethernet(packet, macsOf(from)), 11), outer6, from, tunnelPort.vxlan),
  Geneve: (packet, from) =>
    inUdp(geneve(ethernet(packet, macsOf(from)), 12), outer4, from, tunnelPort.geneve),
};

interface Connection {
  readonly wrapping: string;
  readonly family: 4 | 6;
  readonly client: number;
  readonly server: number;
  readonly seed: number;
}

const connectionIn = (wrapping: fc.Arbitrary<string>): fc.Arbitrary<Connection> =>
  fc.record({
    wrapping,
    family: fc.constantFrom(4, 6),
    client: fc.integer({ min: 1, max: 3 }),
    server: fc.integer({ min: 101, max: 103 }),
    seed: fc.nat(),
  });

const connection = connectionIn(fc.constantFrom(...Object.keys(wrappings)));
/** Those that several tsharks can share. */
const openConnection = connectionIn(fc.constantFrom('nothing', 'VLAN', 'QinQ'));

/** Connections that begin, answer, lose and repeat side by side. */
function framesOfAll(played: readonly Played[]): Frame[] {
  return played.flatMap((each) => each.frames).sort((a, b) => Number(a.timeNs - b.timeNs));
}

/** A connection's frames and what is known of its round-trip times. */
function play({ wrapping, family, client, server, seed }: Connection, index: number): Played {
  const random = new Random(seed);
  const address = (host: number): string => (family === 4 ? `10.9.8.${host}` : `2001:db8::${host}`);
  const { segments, samples } = randomConversation(random, {
    client: { address: address(client), port: 20_000 + index },
    server: { address: address(server), port: 6_000 },
    startNs: milliseconds(1_600_000_000_000) + milliseconds(random.integer(0, 2_000)),
    steps: random.integer(0, 12),
    serverDelayNs: () => BigInt(random.integer(1, 50_000_000)),
    clientDelayNs: () => BigInt(random.integer(1, 90_000)),
    pauseNs: () => BigInt(random.integer(1, 300_000_000)),
    impairments: true,
  });
  const around = wrappings[wrapping]!;
  const frame = (segment: TcpSegment): Uint8Array =>
    ethernet(around(ipPacket(segment), segment.from), macsOf(segment.from)).bytes;
  return { frames: framesOf(segments, frame), samples };
}

interface Played {
  readonly frames: readonly Frame[];
  readonly samples: readonly KnownSample[];
}

function asPrinted({ src, dst, srcPort, dstPort, valueNs, timeNs }: KnownSample): PlainSample {
  return {
    ...{ src, dst, src_port: String(srcPort), dst_port: String(dstPort), stream: '', interface: '' },
    ...{ value: decimalSeconds(valueNs), time: decimalSeconds(timeNs) },
  };
}

describe('analysis: of random connections in random wrappings', () => {
  const file = temporaryFolder();

  it('gives the round-trip times that the packets were made with', async () => {
    const property = fc.asyncProperty(
      fc.array(connection, { minLength: 1, maxLength: 12 }),
      async (connections) => {
        const played = connections.map(play);
        const frames = framesOfAll(played);
        const capture = file('random.pcap');
        writeFileSync(capture, pcapFile(frames, { linkType: linkType.ethernet, nanoseconds: true }));
        const {
          measurements: [{ groups }],
        } = await analyze({ inputs: [capture], by: ['src', 'dst', 'dst_port'] });
        const known = played.flatMap(({ samples }) => samples.map(asPrinted));
        expectGroups(
          groups.map(({ labels, statistics }) => ({ labels, figures: statistics })),
          plainFigures(known, ['src', 'dst', 'dst_port']),
        );
      },
    );
    await fc.assert(property, { numRuns: 20 });
  });

  it('gives the same to the last bit from several tsharks', async () => {
    let [shared, runs] = [0, 0];
    const many = (each: fc.Arbitrary<Connection>) => fc.array(each, { minLength: 2, maxLength: 12 });
    const property = fc.asyncProperty(
      fc.oneof({ arbitrary: many(openConnection), weight: 3 }, { arbitrary: many(connection), weight: 1 }),
      fc.integer({ min: 2, max: 3 }),
      fc.constantFrom<readonly LabelName[]>(['src', 'dst'], []),
      async (connections, shards, by) => {
        const capture = file('shared.pcap');
        const frames = framesOfAll(connections.map(play));
        writeFileSync(capture, pcapFile(frames, { linkType: linkType.ethernet, nanoseconds: true }));
        const uses: number[] = [];
        const onShards = (use: ShardUse) => uses.push(use.shards);
        const [one, several] = await Promise.all([
          analyze({ inputs: [capture], by, shards: 1 }),
          analyze({ inputs: [capture], by, shards, onShards }),
        ]);
        expect([...analysisText(several)].join('')).to.equal([...analysisText(one)].join(''));
        expect(several.measurements[0].total).to.deep.equal(one.measurements[0].total);
        runs += 1;
        if (uses.at(-1) === shards) shared += 1;
      },
    );
    await fc.assert(property, { numRuns: 8 });
    expect(shared, `of ${runs}`).to.be.greaterThan(0);
  });
});
