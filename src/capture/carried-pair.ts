import { pairNumber } from './flow-class.ts';

/** Tunnels have their headers within these bytes, and a few each. */
const mostHeaderBytes = 256;
const tcp = 6;
/** Hop-by-hop options, TCP, routing, fragment, destination options: behind them there may be TCP. */
const ipv6Headers: ReadonlySet<number> = new Set([0, tcp, 43, 44, 60]);
/** What may stand behind a packet in a frame. */
const mostTrailerBytes = 8;

/**
 * The pair of addresses of the TCP segment that a packet seems to carry, wherever in it, as `fragmentPairOf` numbers it;
 * -1 where nothing looks like one. A guess by what an IP header looks like, which knows no tunnels. Pure.
 *
 * @param bytes - holds the packet from `at` to `end`
 */
export function carriedPairOf(bytes: Uint8Array, at: number, end: number): number {
  const last = Math.min(end, at + mostHeaderBytes) - 20;
  for (let place = at; place <= last; place++) {
    const version = (bytes[place] ?? 0) >> 4;
    if (version === 4 && isIpv4(bytes, place, end)) return pairNumber(bytes, place + 12, 4);
    if (version === 6 && isIpv6(bytes, place, end)) return pairNumber(bytes, place + 8, 16);
  }
  return -1;
}

function isIpv4(bytes: Uint8Array, at: number, end: number): boolean {
  const headerBytes = ((bytes[at] ?? 0) & 0xf) * 4;
  if (bytes[at + 9] !== tcp || headerBytes < 20 || at + headerBytes > end) return false;
  if (isWholeLength(word(bytes, at + 2), at, end)) return true;
  let sum = 0;
  for (let i = 0; i < headerBytes; i += 2) sum += word(bytes, at + i);
  return (sum & 0xffff) + (sum >>> 16) === 0xffff;
}

function isIpv6(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + 40 > end || !ipv6Headers.has(bytes[at + 6] ?? 0)) return false;
  return isWholeLength(40 + word(bytes, at + 4), at, end);
}

/** Whether a packet of this length fills what there is from its place on. */
function isWholeLength(length: number, at: number, end: number): boolean {
  return at + length <= end && at + length + mostTrailerBytes >= end;
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
