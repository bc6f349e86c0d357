import { isIPv4, isIPv6 } from 'node:net';

/** The bytes of an IP address, 4 or 16, from its text; null where that is none. Pure. */
export function addressBytes(text: string): Uint8Array | null {
  if (isIPv4(text)) return Uint8Array.from(text.split('.'), Number);
  if (!isIPv6(text) || text.includes('%')) return null;
  const [before = '', behind] = text.split('::');
  const [head, tail] = [wordsOf(before), wordsOf(behind ?? '')];
  const words = [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
  return Uint8Array.from(words.flatMap((word) => [word >> 8, word & 0xff]));
}

/** The groups of an IPv6 address, or of a part of it: the last one may be written as an IPv4 address. */
function wordsOf(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}
