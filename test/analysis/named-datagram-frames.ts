import { milliseconds } from '../../fixtures/pcap/durations.ts';
import type { Frame } from '../../fixtures/pcap/frame.ts';
import * as layers from '../../fixtures/pcap/layers.ts';
import { TcpConversation } from '../../fixtures/pcap/tcp-conversation.ts';
import { framesOf, ipPacket, macsOf, type Side, type TcpSegment } from '../../fixtures/pcap/tcp-segment.ts';

const hosts = { client: '10.50.0.1', server: '10.50.0.2' } as const;
/** An end of the connection that tunnels and datagrams carry here. */
export const carriedClient = '10.60.0.1';
const carrying = { src: '172.16.0.1', dst: '172.16.0.2' };
const l2tpPort = 1701;
const socksPort = 1080;

/** How the packet travels that names the ends of the others. */
export type Tunnel = 'none' | 'GRE' | 'VXLAN';

function endsFrom(from: Side): layers.IpAddresses {
  const to = from === 'client' ? 'server' : 'client';
  return { src: hosts[from], dst: hosts[to] };
}

/** A datagram between the two hosts. */
function datagram(from: Side, ports: layers.Ports, payload: Uint8Array): layers.Pdu {
  const ends = endsFrom(from);
  return layers.ip(layers.udp(layers.data(payload), ports, ends), ends);
}

function inTunnel(packet: layers.Pdu, tunnel: Tunnel): layers.Pdu {
  if (tunnel === 'none') return packet;
  if (tunnel === 'GRE') return layers.ip(layers.gre(packet), carrying);
  const ports = { srcPort: 40_000, dstPort: layers.tunnelPort.vxlan };
  const frame = layers.ethernet(packet, macsOf('client'));
  return layers.ip(layers.udp(layers.vxlan(frame, 11), ports, carrying), carrying);
}

function frameOf(timeNs: bigint, from: Side, packet: layers.Pdu): Frame {
  return { timeNs, bytes: layers.ethernet(packet, macsOf(from)).bytes };
}

/** A connection with samples; who carries it says how. */
function carriedSegments(startNs: bigint): readonly TcpSegment[] {
  const conversation = new TcpConversation({
    client: { address: carriedClient, port: 45_000 },
    server: { address: '10.60.0.2', port: 80 },
    startNs,
  });
  conversation.handshake(milliseconds(20), milliseconds(1));
  for (let i = 0; i < 5; i++)
    conversation.wait(milliseconds(10)).exchange(100, 300, milliseconds(30 + i), milliseconds(2));
  return conversation.finish(milliseconds(20), milliseconds(1)).segments;
}

/** A control message of L2TP version 2: RFC 2661, section 3.1, with a message type (section 4.4.1) only. */
function l2tpControl(messageType: number, tunnelId: number): Buffer {
  const message = Buffer.from('c8020014000000000000000080080000000000ff', 'hex');
  message.writeUInt16BE(tunnelId, 4);
  message.writeUInt16BE(messageType, 18);
  return message;
}

/** A data message without length and numbers, with PPP and an IPv4 packet. */
function l2tpData(packet: layers.Pdu): Buffer {
  return Buffer.concat([Buffer.from('000200010001ff030021', 'hex'), packet.bytes]);
}

/**
 * A session of L2TP whose first message goes to port 1701, and that goes on between two other ones, as RFC 2661 has it in
 * section 8.1; it carries a connection.
 *
 * @param tunnel - of the first message only
 */
export function l2tpFrames(startNs: bigint, tunnel: Tunnel = 'none'): Frame[] {
  const port = { client: 40_001, server: 50_001 } as const;
  const first = datagram('client', { srcPort: port.client, dstPort: l2tpPort }, l2tpControl(1, 0));
  const ports = (from: Side): layers.Ports =>
    from === 'client'
      ? { srcPort: port.client, dstPort: port.server }
      : { srcPort: port.server, dstPort: port.client };
  const answer = datagram('server', ports('server'), l2tpControl(2, 1));
  return [
    frameOf(startNs, 'client', inTunnel(first, tunnel)),
    frameOf(startNs + milliseconds(5), 'server', answer),
    ...carriedSegments(startNs + milliseconds(10)).map((segment) =>
      frameOf(
        segment.timeNs,
        segment.from,
        datagram(segment.from, ports(segment.from), l2tpData(ipPacket(segment))),
      ),
    ),
  ];
}

/** Version 5, a command or a reply code, an IPv4 address and a port: RFC 1928, sections 4 and 6. */
function socksMessage(code: number, address: readonly number[], port: number): Buffer {
  return Buffer.from([5, code, 0, 1, ...address, port >>> 8, port & 0xff]);
}

export interface SocksOptions {
  readonly command: 'connect' | 'associate';
  /** Whether each message is acknowledged before it is answered, and not by its answer. */
  readonly isAcknowledgedFirst: boolean;
}

/**
 * A connection of SOCKS 5, which asks for a connection or for datagrams to be sent on; and datagrams, with the header of
 * RFC 1928, section 7, that would be sent on to the port of VXLAN, and carry a connection.
 */
export function socksFrames(startNs: bigint, { command, isAcknowledgedFirst }: SocksOptions): Frame[] {
  const port = { client: 40_010, server: 50_010 } as const;
  const conversation = new TcpConversation({
    client: { address: hosts.client, port: 41_000 },
    server: { address: hosts.server, port: socksPort },
    startNs,
  });
  const acknowledgedAfter = isAcknowledgedFirst ? milliseconds(1) : undefined;
  conversation.handshake(milliseconds(5), milliseconds(1));
  const say = (from: Side, bytes: Buffer) =>
    conversation.wait(milliseconds(3)).send(from, bytes, acknowledgedAfter);
  say('client', Buffer.from([5, 1, 0]));
  say('server', Buffer.from([5, 0]));
  if (command === 'connect') {
    say('client', socksMessage(1, [192, 0, 2, 1], 80));
    say('server', socksMessage(0, [10, 50, 0, 2], 44_000));
    conversation.exchange('a request', 'an answer', milliseconds(7), milliseconds(1));
  } else {
    say('client', socksMessage(3, [0, 0, 0, 0], port.client));
    say('server', socksMessage(0, [10, 50, 0, 2], port.server));
    conversation.wait(milliseconds(1)).acknowledge('client');
  }
  const header = Buffer.from([0, 0, 0, 1, 192, 0, 2, 1, 0, 0]);
  header.writeUInt16BE(layers.tunnelPort.vxlan, 8);
  const datagrams = carriedSegments(conversation.nowNs + milliseconds(10)).map((segment) => {
    const frame = layers.ethernet(ipPacket(segment), macsOf(segment.from));
    const payload = Buffer.concat([header, layers.vxlan(frame, 12).bytes]);
    const isClient = segment.from === 'client';
    const [srcPort, dstPort] = isClient ? [port.client, port.server] : [port.server, port.client];
    return frameOf(segment.timeNs, segment.from, datagram(segment.from, { srcPort, dstPort }, payload));
  });
  return [...framesOf(conversation.segments), ...datagrams];
}

/** The connection that these carry, in VXLAN. */
export function vxlanFrames(startNs: bigint): Frame[] {
  return carriedSegments(startNs).map((segment) =>
    frameOf(segment.timeNs, segment.from, inTunnel(ipPacket(segment), 'VXLAN')),
  );
}

/** Queries of names and their answers, and what looks like QUIC. */
export function plainDatagrams(startNs: bigint, count: number): Frame[] {
  const query = Buffer.from('12340100000100000000000003777777076578616d706c6503636f6d0000010001', 'hex');
  return Array.from({ length: count }, (_, i) => {
    const isQuic = i % 2 === 1;
    const from = i % 4 < 2 ? 'client' : 'server';
    const server = isQuic ? 443 : 53;
    const [srcPort, dstPort] = from === 'client' ? [47_000, server] : [server, 47_000];
    const payload = isQuic ? Buffer.concat([Buffer.from([0x40 | (i & 0x3f)]), Buffer.alloc(600, i)]) : query;
    return frameOf(startNs + milliseconds(i), from, datagram(from, { srcPort, dstPort }, payload));
  });
}
