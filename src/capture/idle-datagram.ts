import { networkAt } from './network-layer.ts';
import type { PacketWalk } from './packet-walk.ts';
import { mayCarry } from './udp-carriers.ts';

const protocol = { udp: 17, sctp: 132 } as const;
const udpHeaderBytes = 8;
const ipv4HeaderBytes = 20;
const ipv6HeaderBytes = 40;
/** Of L2TP, whose answer may come from another port; of SCTP in UDP. */
const namingPorts: ReadonlySet<number> = new Set([1701, 9899]);

/** Why datagrams that look like any others must not be left out. */
export const datagramsAreNamed = 'it has packets that name the ends of tunnels in UDP';

/**
 * How tshark calls, among the layers of a packet, what may name two ends between which it looks for packets in any
 * datagram from then on: answers of L2TP, data of mobile networks that is signalled through SCTP, what is sent on through
 * SOCKS or UMA.
 */
export const namingLayers = ['l2tp', 'sctp', 'socks', 'uma'] as const;
/** The same as a filter for TCP connections, where a connection of SOCKS counts only where it asks for datagrams. */
export const namingInTcp = 'socks.command == 3 or uma';
/** What tells the rows that this lets through from others, which may have the same values otherwise. */
export const namingFields = { command: 'socks.command', uma: 'uma' } as const;
/** A value of the former, of one or several in a packet. */
export const asksForDatagrams = /(?:^|\D)3(?:\D|$)/;

type Packet = Pick<PacketWalk, 'bytes' | 'dataAt' | 'dataEnd' | 'linkType'>;

/**
 * Whether a packet is a UDP datagram in which tshark under the lean profile finds no TCP, unless another packet names its
 * ends: {@link mayNameDatagrams}. False is never wrong. Pure.
 */
export function isIdleDatagram(packet: Packet): boolean {
  const { bytes } = packet;
  const place = transportOf(packet, protocol.udp);
  return place >= 0 && !mayCarry(bytes, place, place + word(bytes, place + 4));
}

/** Whether a packet may name the ends of others by what it carries itself; not what is in tunnels or fragments. Pure. */
export function mayNameDatagrams(packet: Packet): boolean {
  const { bytes } = packet;
  if (transportOf(packet, protocol.sctp) >= 0) return true;
  const place = transportOf(packet, protocol.udp);
  if (place < 0) return false;
  return namingPorts.has(word(bytes, place)) || namingPorts.has(word(bytes, place + 2));
}

/**
 * Where a packet's transport header is, where that is of this protocol, directly behind an IP header without options,
 * and all there; of UDP, where its length is that of the IP packet, too. -1 where not.
 */
function transportOf({ bytes, dataAt, dataEnd, linkType }: Packet, wanted: number): number {
  const place = networkAt(bytes, dataAt, dataEnd, linkType);
  if (place < 0) return -1;
  const at = place >> 1;
  const isIpv6 = place % 2 === 1;
  if (!(isIpv6 ? isPlainIpv6(bytes, at, dataEnd, wanted) : isPlainIpv4(bytes, at, dataEnd, wanted)))
    return -1;
  const payload = at + (isIpv6 ? ipv6HeaderBytes : ipv4HeaderBytes);
  const length = isIpv6 ? word(bytes, at + 4) : word(bytes, at + 2) - ipv4HeaderBytes;
  if (length < udpHeaderBytes || payload + length > dataEnd) return -1;
  return wanted === protocol.udp && word(bytes, payload + 4) !== length ? -1 : payload;
}

function isPlainIpv4(bytes: Uint8Array, at: number, end: number, wanted: number): boolean {
  if (at + ipv4HeaderBytes > end || bytes[at] !== 0x45) return false;
  const isFragment = (word(bytes, at + 6) & 0x3fff) !== 0;
  return !isFragment && bytes[at + 9] === wanted;
}

function isPlainIpv6(bytes: Uint8Array, at: number, end: number, wanted: number): boolean {
  return at + ipv6HeaderBytes <= end && (bytes[at] ?? 0) >> 4 === 6 && bytes[at + 6] === wanted;
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
