/**
 * TCP ports on which something may come that holds a packet with a TCP segment of its own: those of the dissectors that
 * the lean profile leaves enabled, in all versions of tshark up to 4.6.
 */
export const carrierPorts: ReadonlySet<number> = new Set([
  102, 639, 925, 1080, 1998, 2123, 2152, 2502, 2905, 3225, 3245, 3246, 3247, 3248, 3386, 3389, 3420, 4739,
  6633, 6634, 6653, 10_000, 14_001, 17_755, 17_756,
]);

/** What tells such a payload by its bytes, on any port; those not among them look at the ports above first. */
export const carrierGuessers: ReadonlySet<string> = new Set([
  'fcip',
  'ifcp',
  'openflow',
  'rpcap',
  'tcpencap',
]);

const slotCount = 1 << 16;
const rpcapHeaderBytes = 8;
const rpcapError = 1;
const rpcapInterfaces = 130;
const trailerBytes = 16;
const udp = 17;
const esp = 50;

/**
 * Knows the connections whose payload tshark has to see, since it may find TCP in it. Once met, a connection stays
 * known: what begins in one segment goes on in others.
 */
export class PayloadWatch {
  readonly #slots = new Uint8Array(slotCount);

  /**
   * @param flow - as `flowOf` gives it; others may fall together with it, which is never wrong
   * @param ports - place of both ports
   * @param from - place of the payload, which ends before `captured`, and would have ended before `reported`
   */
  isNeeded(
    bytes: Uint8Array,
    flow: number,
    ports: number,
    { from, captured, reported }: { from: number; captured: number; reported: number },
  ): boolean {
    const slot = (flow ^ (flow >>> 16)) & (slotCount - 1);
    if (this.#slots[slot] === 1) return true;
    const isNeeded =
      carrierPorts.has(word(bytes, ports)) ||
      carrierPorts.has(word(bytes, ports + 2)) ||
      mayBeRpcap(bytes, from, captured) ||
      mayBeTcpencap(bytes, from, captured, reported);
    if (isNeeded) this.#slots[slot] = 1;
    return isNeeded;
  }
}

/** A message of remote capture: version 0, a known type, and a value in two messages only. */
function mayBeRpcap(bytes: Uint8Array, from: number, end: number): boolean {
  if (from + rpcapHeaderBytes > end || bytes[from] !== 0) return false;
  const type = bytes[from + 1] ?? 0;
  if ((type & 0x7f) === 0 || (type & 0x7f) > 31) return false;
  return type === rpcapError || type === rpcapInterfaces || word(bytes, from + 2) === 0;
}

/** IPsec in TCP: a trailer with zeros in its places, and the number of one of two protocols. */
function mayBeTcpencap(bytes: Uint8Array, from: number, captured: number, reported: number): boolean {
  const trailer = reported - trailerBytes;
  if (trailer - from <= 8 || reported - captured > 3) return false;
  const next = bytes[trailer + 13];
  return (
    (next === udp || next === esp) &&
    word(bytes, trailer) === 0 &&
    word(bytes, trailer + 2) === 0 &&
    (word(bytes, trailer + 6) & 0xfff) === 0
  );
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
