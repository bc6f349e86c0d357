import { milliseconds } from '../../fixtures/pcap/durations.ts';
import type { Frame } from '../../fixtures/pcap/frame.ts';
import * as layers from '../../fixtures/pcap/layers.ts';
import { randomConversation } from '../../fixtures/pcap/random-conversation.ts';
import { Random } from '../../fixtures/pcap/random.ts';
import { addressesOf, ipPacket, macsOf, tcpPart, type TcpSegment } from '../../fixtures/pcap/tcp-segment.ts';

const outer = { src: '172.16.0.1', dst: '172.16.0.2' };

/** Packets with TCP that belong to no flow which can be told from their first bytes; one frame or several. */
const oddities = {
  fragments: (segment: TcpSegment) =>
    layers.ipv4Fragments(
      tcpPart(segment),
      { ...addressesOf(segment), identification: segment.index + 1 },
      24,
    ),
  VXLAN: (segment: TcpSegment) => {
    const frame = layers.ethernet(ipPacket(segment), macsOf(segment.from));
    const ports = { srcPort: 40_000, dstPort: layers.tunnelPort.vxlan };
    return [layers.ip(layers.udp(layers.vxlan(frame, 11), ports, outer), outer)];
  },
  'IP in IP': (segment: TcpSegment) => [layers.ip(ipPacket(segment), outer)],
  'TCP in TCP': (segment: TcpSegment) => {
    const ports = { srcPort: 50_000, dstPort: 639 };
    const fields = { ...ports, seq: 1 + segment.index * 400, ack: 1, flags: layers.tcpFlag.ack };
    return [layers.ip(layers.tcp(layers.data(msdp(ipPacket(segment).bytes)), fields, outer), outer)];
  },
} as const;

export type Oddity = keyof typeof oddities;
export const allOddities = Object.keys(oddities) as Oddity[];

/** A connection from the given time on, in odd packets. */
export function oddFrames(oddity: Oddity, startNs: bigint, seed = 1): Frame[] {
  const random = new Random(seed);
  const { segments } = randomConversation(random, {
    client: { address: '10.77.0.1', port: 45_000 },
    server: { address: '10.77.0.2', port: 80 },
    startNs,
    steps: 12,
    serverDelayNs: () => milliseconds(random.integer(1, 20)),
    clientDelayNs: () => milliseconds(1),
    pauseNs: () => milliseconds(random.integer(1, 40)),
  });
  return segments.flatMap((segment): Frame[] =>
    oddities[oddity](segment).map((packet) => ({
      timeNs: segment.timeNs,
      bytes: layers.ethernet(packet, macsOf(segment.from)).bytes,
    })),
  );
}

/** Packets that belong to no flow, and have no TCP. */
export function plainFrames(startNs: bigint, count: number): Frame[] {
  return Array.from({ length: count }, (_, i) => {
    const datagram = layers.udp(layers.data(Buffer.alloc(12, i)), { srcPort: 40_000, dstPort: 9 }, outer);
    const bytes = layers.ethernet(layers.ip(datagram, outer), macsOf('client')).bytes;
    return { timeNs: startNs + milliseconds(i * 7), bytes };
  });
}

/** An announcement of a source with the packet that it sent: RFC 3618, section 12.2. */
function msdp(packet: Uint8Array): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt8(1, 0);
  head.writeUInt16BE(head.length + packet.length, 1);
  head.writeUInt8(1, 3);
  head.set([10, 0, 0, 1], 4);
  head.writeUInt8(32, 11);
  head.set([224, 1, 1, 1], 12);
  head.set([10, 77, 0, 1], 16);
  return Buffer.concat([head, packet]);
}
