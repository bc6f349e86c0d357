/**
 * UDP ports on which something may come that holds a packet with a TCP segment: those of the dissectors that the lean
 * profile leaves enabled, in all versions of tshark up to 4.6; and those of the members of its list that sign in for a
 * port in some versions only.
 */
export const datagramPorts: ReadonlySet<number> = new Set([
  0, 434, 925, 1701, 2055, 2123, 2152, 2157, 2268, 2428, 3343, 3386, 3544, 4305, 4306, 4307, 4341, 4342, 4500,
  4729, 4739, 4754, 4789, 4790, 4791, 5001, 5072, 5246, 5247, 5436, 6081, 6118, 6343, 6635, 8472, 9899, 9996,
  10_253, 12_000, 12_001, 12_002, 12_003, 12_004, 12_220, 12_222, 12_223, 13_907, 13_910, 17_220, 17_754,
  17_755, 17_756, 19_999, 24_576, 24_577, 30_030, 37_008,
]);

/** What tells such a datagram by its bytes, on any port. */
export const datagramGuessers: ReadonlySet<string> = new Set([
  'e100',
  'mp2t',
  'peekremote',
  'redbackli',
  'rftap',
  'rpcap',
  'wg',
]);

const udpHeaderBytes = 8;
const leastGuessedBytes = 4;
const wireguard = { initiation: 1, response: 2, cookie: 3, data: 4 } as const;
const wireguardBytes = { initiation: 148, response: 92, cookie: 64, leastData: 32 } as const;
const rpcapPacket = 7;
const e100HeaderBytes = 28;
const transportStream = { sync: 0x47, packetBytes: 188 } as const;
const redback = { leastBytes: 20, numberBytes: 4, direction: 4, label: 20, account: 40 } as const;

const portTable = new Uint8Array(1 << 16);
for (const port of datagramPorts) portTable[port] = 1;

/**
 * Whether tshark under the lean profile may find TCP in a UDP datagram, as far as the datagram itself tells. False only
 * where tshark looks into it no further, unless another packet has named its ends before: `idle-datagram.ts`. Pure.
 *
 * @param at - place of the UDP header
 * @param end - of the IP packet that holds it, or of what was captured of that
 */
export function mayCarry(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + udpHeaderBytes > end) return true;
  if (portTable[word(bytes, at)] === 1 || portTable[word(bytes, at + 2)] === 1) return true;
  const length = word(bytes, at + 4);
  if (length < udpHeaderBytes || at + length > end) return true;
  return mayBeGuessed(bytes, at + udpHeaderBytes, length - udpHeaderBytes);
}

/** @param length - of the payload at `from`, all of which is there */
function mayBeGuessed(bytes: Uint8Array, from: number, length: number): boolean {
  if (length < leastGuessedBytes) return false;
  switch (bytes[from]) {
    // Packets of remote capture; Peek frames, by their first four bytes.
    case 0:
      return (
        (bytes[from + 1] === rpcapPacket && word(bytes, from + 2) === 0) ||
        (bytes[from + 1] === 0xff && word(bytes, from + 2) === 0xabcd)
      );
    case wireguard.initiation:
      return (
        length === wireguardBytes.initiation ||
        mayBeE100(bytes, from, length) ||
        mayBeRedback(bytes, from, length)
      );
    case wireguard.response:
      return length === wireguardBytes.response || mayBeRedback(bytes, from, length);
    case wireguard.cookie:
      return (
        (length === wireguardBytes.cookie && hasZeros(bytes, from + 1)) || mayBeRedback(bytes, from, length)
      );
    case wireguard.data:
      return (
        (length >= wireguardBytes.leastData && hasZeros(bytes, from + 1)) || mayBeRedback(bytes, from, length)
      );
    case redback.label:
    case redback.account:
      return mayBeRedback(bytes, from, length);
    case transportStream.sync:
      return length % transportStream.packetBytes === 0;
    // RFtap: the letters RFta.
    case 0x52:
      return bytes[from + 1] === 0x46 && word(bytes, from + 2) === 0x7461;
    default:
      return false;
  }
}

/** A header that says how much there is behind it. */
function mayBeE100(bytes: Uint8Array, from: number, length: number): boolean {
  return (
    length >= e100HeaderBytes &&
    word(bytes, from + 20) === 0 &&
    word(bytes, from + 22) === length - e100HeaderBytes
  );
}

/** Attributes, three of which are numbers: the first of these three must have the length of one. */
function mayBeRedback(bytes: Uint8Array, from: number, length: number): boolean {
  if (length < redback.leastBytes) return false;
  for (let at = from; at + 2 < from + length; at += 2 + (bytes[at + 1] ?? 0)) {
    const type = bytes[at] ?? 0;
    if (type >= 1 && type <= 3) return bytes[at + 1] === redback.numberBytes;
    if (type !== redback.direction && type !== redback.label && type !== redback.account) return false;
  }
  return false;
}

/** Whether three bytes are zero. */
function hasZeros(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0 && word(bytes, at + 1) === 0;
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
