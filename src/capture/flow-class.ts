/** Link types (LINKTYPE_ list) whose packets are looked into. */
const link = {
  null: 0,
  ethernet: 1,
  raw: 101,
  loop: 108,
  linuxCooked: 113,
  ipv4: 228,
  ipv6: 229,
  linuxCooked2: 276,
} as const;

/** What is no flow's packet. Flows are numbers from 0 on. */
export const flowClass = {
  /** Cannot carry TCP in any way that tshark looks at. */
  idle: -1,
  /** May carry TCP somewhere: a tunnel, an unknown link layer, a fragment of another protocol's packet. */
  rest: -2,
  /** Part of a fragmented TCP segment: which flow it belongs to is in another packet. */
  fragment: -3,
} as const;

const etherType = {
  ipv4: 0x0800,
  arp: 0x0806,
  vlan: 0x8100,
  ipv6: 0x86dd,
  providerVlan: 0x88a8,
  lldp: 0x88cc,
} as const;
const protocol = { hopByHop: 0, icmp: 1, igmp: 2, tcp: 6, fragment: 44, icmpv6: 58, options: 60 } as const;

/**
 * Tells to which flow a packet belongs: a number of 32 bits made of both ends' addresses and TCP ports, the same in
 * both directions; or one of {@link flowClass}. An ICMP error belongs to the flow whose segment it quotes, since
 * tshark dissects that. Pure.
 *
 * TCP over IP in one of the common link layers, with VLAN tags, is told by itself. All that is uncommon is `rest`,
 * which is never wrong.
 *
 * @param bytes - holds the packet from `at` to `end`
 * @param linkType - of the LINKTYPE_ list
 */
export function flowOf(bytes: Uint8Array, at: number, end: number, linkType: number): number {
  switch (linkType) {
    case link.ethernet:
      return at + 14 > end ? flowClass.rest : ofEtherType(bytes, at + 12, end);
    case link.raw:
      return ofRawIp(bytes, at, end);
    case link.ipv4:
      return ofIpv4(bytes, at, end, false);
    case link.ipv6:
      return ofIpv6(bytes, at, end, false);
    case link.linuxCooked:
      return at + 16 > end || !isPlainHardware(word(bytes, at + 2))
        ? flowClass.rest
        : ofEtherType(bytes, at + 14, end);
    case link.linuxCooked2:
      if (at + 20 > end || !isPlainHardware(word(bytes, at + 8))) return flowClass.rest;
      return ofNetwork(bytes, word(bytes, at), at + 20, end);
    case link.null:
    case link.loop:
      return ofAddressFamily(bytes, at, end);
    default:
      return flowClass.rest;
  }
}

/** Whether packets of this link type are looked into at all. */
export function isKnownLink(linkType: number): boolean {
  return (Object.values(link) as number[]).includes(linkType);
}

/** ARPHRD_ETHER, ARPHRD_LOOPBACK, ARPHRD_NONE: what follows is told by an EtherType. */
function isPlainHardware(type: number): boolean {
  return type === 1 || type === 772 || type === 0xfffe;
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** @param at - of the EtherType */
function ofEtherType(bytes: Uint8Array, at: number, end: number): number {
  let type = word(bytes, at);
  let behind = at + 2;
  while (type === etherType.vlan || type === etherType.providerVlan) {
    if (behind + 4 > end) return flowClass.rest;
    type = word(bytes, behind + 2);
    behind += 4;
  }
  return ofNetwork(bytes, type, behind, end);
}

function ofNetwork(bytes: Uint8Array, type: number, at: number, end: number): number {
  if (type === etherType.ipv4) return ofIpv4(bytes, at, end, false);
  if (type === etherType.ipv6) return ofIpv6(bytes, at, end, false);
  return type === etherType.arp || type === etherType.lldp ? flowClass.idle : flowClass.rest;
}

function ofRawIp(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return flowClass.rest;
  const version = (bytes[at] ?? 0) >> 4;
  if (version === 4) return ofIpv4(bytes, at, end, false);
  return version === 6 ? ofIpv6(bytes, at, end, false) : flowClass.rest;
}

/** The family's number is 2 for IPv4 and one of three for IPv6, in the byte order of the machine that captured. */
function ofAddressFamily(bytes: Uint8Array, at: number, end: number): number {
  if (at + 4 > end) return flowClass.rest;
  const [big, little] = [bytes[at + 3] ?? 0, bytes[at] ?? 0];
  if (bytes[at + 1] !== 0 || bytes[at + 2] !== 0 || (big !== 0 && little !== 0)) return flowClass.rest;
  const family = big | little;
  if (family === 2) return ofIpv4(bytes, at + 4, end, false);
  return family === 24 || family === 28 || family === 30 ? ofIpv6(bytes, at + 4, end, false) : flowClass.rest;
}

/** @param isQuoted - by an ICMP error */
function ofIpv4(bytes: Uint8Array, at: number, end: number, isQuoted: boolean): number {
  // Version 4 and no options.
  if (at + 20 > end || bytes[at] !== 0x45) return flowClass.rest;
  const next = bytes[at + 9] ?? 0;
  const isFragment = (word(bytes, at + 6) & 0x3fff) !== 0;
  if (isFragment) return next === protocol.tcp && !isQuoted ? flowClass.fragment : flowClass.rest;
  const payload = at + 20;
  if (next === protocol.tcp) {
    if (payload + 4 > end) return flowClass.rest;
    const source = endpoint(bytes, at + 12, 4, payload);
    return flowNumber(source, endpoint(bytes, at + 16, 4, payload + 2));
  }
  if (isQuoted) return flowClass.rest;
  if (next === protocol.igmp) return flowClass.idle;
  return next === protocol.icmp ? ofIcmp(bytes, payload, end) : flowClass.rest;
}

/** Destination unreachable, source quench, redirect, time exceeded, parameter problem: they quote a packet. */
function ofIcmp(bytes: Uint8Array, at: number, end: number): number {
  if (at + 8 > end) return flowClass.rest;
  const type = bytes[at] ?? 0;
  if (type === 3 || type === 4 || type === 5 || type === 11 || type === 12)
    return ofIpv4(bytes, at + 8, end, true);
  return flowClass.rest;
}

/** @param isQuoted - by an ICMP error */
function ofIpv6(bytes: Uint8Array, at: number, end: number, isQuoted: boolean): number {
  if (at + 40 > end || (bytes[at] ?? 0) >> 4 !== 6) return flowClass.rest;
  let next = bytes[at + 6] ?? 0;
  let payload = at + 40;
  while (next === protocol.hopByHop || next === protocol.options) {
    if (payload + 8 > end) return flowClass.rest;
    next = bytes[payload] ?? 0;
    payload += ((bytes[payload + 1] ?? 0) + 1) * 8;
  }
  if (payload + 4 > end) return flowClass.rest;
  if (next === protocol.tcp) {
    const source = endpoint(bytes, at + 8, 16, payload);
    return flowNumber(source, endpoint(bytes, at + 24, 16, payload + 2));
  }
  if (next === protocol.fragment)
    return bytes[payload] === protocol.tcp ? flowClass.fragment : flowClass.rest;
  return next === protocol.icmpv6 && !isQuoted ? ofIcmpv6(bytes, payload, end) : flowClass.rest;
}

/** Types 1 to 4 quote a packet; 130 to 137 and 143 are those of multicast listeners and neighbours. */
function ofIcmpv6(bytes: Uint8Array, at: number, end: number): number {
  const type = bytes[at] ?? 0;
  if (type >= 1 && type <= 4) return ofIpv6(bytes, at + 8, end, true);
  return (type >= 130 && type <= 137) || type === 143 ? flowClass.idle : flowClass.rest;
}

/** A number for an address and a port. */
function endpoint(bytes: Uint8Array, address: number, length: number, port: number): number {
  let hash = word(bytes, port);
  for (let i = address; i < address + length; i += 4) {
    const part =
      ((bytes[i] ?? 0) << 24) |
      ((bytes[i + 1] ?? 0) << 16) |
      ((bytes[i + 2] ?? 0) << 8) |
      (bytes[i + 3] ?? 0);
    hash = Math.imul(hash ^ part, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

/** Both ends have the same part in it, so that direction does not matter. */
function flowNumber(one: number, other: number): number {
  let hash = Math.imul((one + other) ^ Math.imul(one ^ other, 0x85ebca6b), 0xc2b2ae35);
  hash ^= hash >>> 16;
  return hash >>> 0;
}
