import { isIPv4, isIPv6 } from 'node:net';

const [dot, zero] = [0x2e, 0x30];

/** The bytes of an IP address, 4 or 16, from its text; null where that is none. Pure. */
export function addressBytes(text: string): Uint8Array | null {
  if (isIPv4(text)) return ipv4Bytes(text);
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

function ipv4Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(4);
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === dot) at += 1;
    else bytes[at] = (bytes[at] ?? 0) * 10 + code - zero;
  }
  return bytes;
}
