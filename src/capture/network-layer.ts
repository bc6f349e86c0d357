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

/**
 * Where the IP header of a packet should be: twice its place in the bytes for IPv4, and one more for IPv6. That it is
 * there is not looked at. One of {@link flowClass} where there is none, or where it is not to be told. Pure.
 *
 * @param bytes - holds the packet from `at` to `end`
 * @param linkType - of the LINKTYPE_ list
 */
export function networkAt(bytes: Uint8Array, at: number, end: number, linkType: number): number {
  switch (linkType) {
    case link.ethernet:
      return at + 14 > end ? flowClass.rest : behindEtherType(bytes, at + 12, end);
    case link.raw:
      return rawIp(bytes, at, end);
    case link.ipv4:
      return at * 2;
    case link.ipv6:
      return at * 2 + 1;
    case link.linuxCooked:
      return at + 16 > end || !isPlainHardware(word(bytes, at + 2))
        ? flowClass.rest
        : behindEtherType(bytes, at + 14, end);
    case link.linuxCooked2:
      if (at + 20 > end || !isPlainHardware(word(bytes, at + 8))) return flowClass.rest;
      return ofType(word(bytes, at), at + 20);
    case link.null:
    case link.loop:
      return behindAddressFamily(bytes, at, end);
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
function behindEtherType(bytes: Uint8Array, at: number, end: number): number {
  let type = word(bytes, at);
  let behind = at + 2;
  while (type === etherType.vlan || type === etherType.providerVlan) {
    if (behind + 4 > end) return flowClass.rest;
    type = word(bytes, behind + 2);
    behind += 4;
  }
  return ofType(type, behind);
}

function ofType(type: number, at: number): number {
  if (type === etherType.ipv4) return at * 2;
  if (type === etherType.ipv6) return at * 2 + 1;
  return type === etherType.arp || type === etherType.lldp ? flowClass.idle : flowClass.rest;
}

function rawIp(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return flowClass.rest;
  const version = (bytes[at] ?? 0) >> 4;
  if (version === 4) return at * 2;
  return version === 6 ? at * 2 + 1 : flowClass.rest;
}

/** The family's number is 2 for IPv4 and one of three for IPv6, in the byte order of the machine that captured. */
function behindAddressFamily(bytes: Uint8Array, at: number, end: number): number {
  if (at + 4 > end) return flowClass.rest;
  const [big, little] = [bytes[at + 3] ?? 0, bytes[at] ?? 0];
  if (bytes[at + 1] !== 0 || bytes[at + 2] !== 0 || (big !== 0 && little !== 0)) return flowClass.rest;
  const family = big | little;
  if (family === 2) return (at + 4) * 2;
  return family === 24 || family === 28 || family === 30 ? (at + 4) * 2 + 1 : flowClass.rest;
}
