import { flowClass, networkAt } from './network-layer.ts';

export { flowClass, isKnownLink } from './network-layer.ts';

const protocol = { hopByHop: 0, icmp: 1, igmp: 2, tcp: 6, fragment: 44, icmpv6: 58, options: 60 } as const;
const homeAddressOption = 0xc9;

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
 * @param apart - pairs of addresses, as {@link pairNumber} gives them, all of whose segments are `rest`
 */
export function flowOf(
  bytes: Uint8Array,
  at: number,
  end: number,
  linkType: number,
  apart?: ReadonlySet<number>,
): number {
  const place = networkAt(bytes, at, end, linkType);
  if (place < 0) return place;
  return place % 2 === 0
    ? ofIpv4(bytes, place / 2, end, false, apart)
    : ofIpv6(bytes, (place - 1) / 2, end, false, apart);
}

/**
 * A number of 32 bits for the two addresses of a packet that is a {@link flowClass} `fragment`, the same in both
 * directions. Pure.
 */
export function fragmentPairOf(bytes: Uint8Array, at: number, end: number, linkType: number): number {
  const place = networkAt(bytes, at, end, linkType);
  return place % 2 === 0 ? pairNumber(bytes, place / 2 + 12, 4) : pairNumber(bytes, (place - 1) / 2 + 8, 16);
}

/**
 * The flow between two ends, as {@link flowOf} tells it of a packet between them. Pure.
 *
 * @param one - the bytes of an address and of its port, big-endian, one behind the other
 */
export function flowBetween(one: Uint8Array, other: Uint8Array): number {
  const [length, otherLength] = [one.length - 2, other.length - 2];
  return flowNumber(endpoint(one, 0, length, length), endpoint(other, 0, otherLength, otherLength));
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** @param isQuoted - by an ICMP error */
function ofIpv4(
  bytes: Uint8Array,
  at: number,
  end: number,
  isQuoted: boolean,
  apart?: ReadonlySet<number>,
): number {
  // Version 4 and no options.
  if (at + 20 > end || bytes[at] !== 0x45) return flowClass.rest;
  const next = bytes[at + 9] ?? 0;
  const isFragment = (word(bytes, at + 6) & 0x3fff) !== 0;
  if (isFragment) return next === protocol.tcp && !isQuoted ? flowClass.fragment : flowClass.rest;
  const payload = at + 20;
  if (next === protocol.tcp) {
    if (payload + 4 > end) return flowClass.rest;
    if (apart?.has(pairNumber(bytes, at + 12, 4)) === true) return flowClass.rest;
    const source = endpoint(bytes, at + 12, 4, payload);
    return flowNumber(source, endpoint(bytes, at + 16, 4, payload + 2));
  }
  if (isQuoted) return flowClass.rest;
  if (next === protocol.igmp) return ofIgmp(bytes, payload, end);
  return next === protocol.icmp ? ofIcmp(bytes, payload, end, apart) : flowClass.rest;
}

/** Destination unreachable, source quench, redirect, time exceeded, parameter problem: they quote a packet. */
function ofIcmp(bytes: Uint8Array, at: number, end: number, apart?: ReadonlySet<number>): number {
  if (at + 8 > end) return flowClass.rest;
  const type = bytes[at] ?? 0;
  if (type === 3 || type === 4 || type === 5 || type === 11 || type === 12)
    return ofIpv4(bytes, at + 8, end, true, apart);
  return flowClass.rest;
}

/** @param isQuoted - by an ICMP error */
function ofIpv6(
  bytes: Uint8Array,
  at: number,
  end: number,
  isQuoted: boolean,
  apart?: ReadonlySet<number>,
): number {
  if (at + 40 > end || (bytes[at] ?? 0) >> 4 !== 6) return flowClass.rest;
  let next = bytes[at + 6] ?? 0;
  let payload = at + 40;
  while (next === protocol.hopByHop || next === protocol.options) {
    if (payload + 8 > end) return flowClass.rest;
    const behind = payload + ((bytes[payload + 1] ?? 0) + 1) * 8;
    if (holdsHomeAddress(bytes, payload + 2, Math.min(behind, end))) return flowClass.rest;
    next = bytes[payload] ?? 0;
    payload = behind;
  }
  if (payload + 4 > end) return flowClass.rest;
  if (next === protocol.tcp) {
    if (apart?.has(pairNumber(bytes, at + 8, 16)) === true) return flowClass.rest;
    const source = endpoint(bytes, at + 8, 16, payload);
    return flowNumber(source, endpoint(bytes, at + 24, 16, payload + 2));
  }
  if (next === protocol.fragment)
    return bytes[payload] === protocol.tcp ? flowClass.fragment : flowClass.rest;
  return next === protocol.icmpv6 && !isQuoted ? ofIcmpv6(bytes, payload, end, apart) : flowClass.rest;
}

/** Whether an option gives the sender another address: tshark takes its connections to be of that one. */
function holdsHomeAddress(bytes: Uint8Array, at: number, end: number): boolean {
  for (let option = at; option < end;) {
    const type = bytes[option] ?? 0;
    if (type === homeAddressOption) return true;
    option += type === 0 ? 1 : 2 + (bytes[option + 1] ?? 0);
  }
  return false;
}

/** PIM version 1, which carries packets to be sent on, has a type of IGMP. */
function ofIgmp(bytes: Uint8Array, at: number, end: number): number {
  return at < end && bytes[at] !== 0x14 ? flowClass.idle : flowClass.rest;
}

/** Bytes before the options of router solicitation and advertisement, neighbour solicitation and advertisement, redirect. */
const bytesBeforeOptions = new Map([
  [133, 8],
  [134, 16],
  [135, 24],
  [136, 24],
  [137, 40],
]);
const redirectedHeader = 4;

/** Whether there may be an option that quotes a packet. */
function mayRedirect(bytes: Uint8Array, at: number, end: number): boolean {
  let option = at;
  while (option + 2 <= end) {
    const length = (bytes[option + 1] ?? 0) * 8;
    if (bytes[option] === redirectedHeader || length === 0) return true;
    option += length;
  }
  return option !== end;
}

/** Types 1 to 4 quote a packet; 130 to 132 and 143 are those of multicast listeners, 133 to 137 of neighbours. */
function ofIcmpv6(bytes: Uint8Array, at: number, end: number, apart?: ReadonlySet<number>): number {
  const type = bytes[at] ?? 0;
  if (type >= 1 && type <= 4) return ofIpv6(bytes, at + 8, end, true, apart);
  const before = bytesBeforeOptions.get(type);
  if (before !== undefined) return mayRedirect(bytes, at + before, end) ? flowClass.rest : flowClass.idle;
  return (type >= 130 && type <= 132) || type === 143 ? flowClass.idle : flowClass.rest;
}

/** A number for an address and a port. */
function endpoint(bytes: Uint8Array, address: number, length: number, port: number): number {
  return addressNumber(bytes, address, length, word(bytes, port));
}

/** @param from - what the number depends on beside the address */
function addressNumber(bytes: Uint8Array, address: number, length: number, from: number): number {
  let hash = Math.imul(from, 0x85ebca6b);
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

/** A number for two addresses, one behind the other: see {@link fragmentPairOf}. Pure. */
export function pairNumber(bytes: Uint8Array, at: number, length: number): number {
  return flowNumber(addressNumber(bytes, at, length, 0), addressNumber(bytes, at + length, length, 0));
}

/** The smaller one counts as the first, so that direction does not matter. */
function flowNumber(one: number, other: number): number {
  let hash = Math.imul(one < other ? one : other, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13) ^ (one < other ? other : one), 0xc2b2ae35);
  hash ^= hash >>> 16;
  return hash >>> 0;
}
