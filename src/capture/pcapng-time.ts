/** How the packets of an interface are stamped. */
export interface TimeUnits {
  /** A power of ten, up to 10^9. */
  readonly perSecond: number;
  /** Seconds to be added. */
  readonly offset: number;
}

const option = { end: 0, resolution: 9, offset: 14 } as const;
/** What fits into doubles with room to spare. */
const mostSeconds = 2 ** 40;

/**
 * Reads the options of an interface's description. Pure.
 *
 * @returns null for powers of two, for more digits than nanoseconds have, and for options that are odd
 */
export function timeUnits(options: Uint8Array, littleEndian: boolean): TimeUnits | null {
  const view = new DataView(options.buffer, options.byteOffset, options.byteLength);
  let [perSecond, offset] = [1e6, 0];
  const met = new Set<number>();
  for (let at = 0; at + 4 <= options.length;) {
    const code = view.getUint16(at, littleEndian);
    const length = view.getUint16(at + 2, littleEndian);
    const value = at + 4;
    if (code === option.end) break;
    at = value + Math.ceil(length / 4) * 4;
    if (at > options.length) return null;
    if (code !== option.resolution && code !== option.offset) continue;
    if (met.has(code)) return null;
    met.add(code);
    if (code === option.resolution) {
      const digits = view.getUint8(value);
      if (length !== 1 || digits > 9) return null;
      perSecond = 10 ** digits;
    } else {
      if (length !== 8) return null;
      offset = Number(view.getBigInt64(value, littleEndian));
    }
  }
  return Math.abs(offset) > mostSeconds ? null : { perSecond, offset };
}

/**
 * Writes the time of a packet to `into`.
 *
 * @param high - and `low`, the words of its time stamp
 * @returns false for a time before the epoch or far beyond
 */
export function readPacketTime(
  high: number,
  low: number,
  { perSecond, offset }: TimeUnits,
  into: { seconds: number; nanoseconds: number },
): boolean {
  const stamp = high * 2 ** 32 + low;
  if (Number.isSafeInteger(stamp)) {
    const whole = Math.floor(stamp / perSecond);
    into.seconds = whole + offset;
    into.nanoseconds = (stamp - whole * perSecond) * (1e9 / perSecond);
  } else {
    const exact = (BigInt(high) << 32n) | BigInt(low);
    const units = BigInt(perSecond);
    into.seconds = Number(exact / units) + offset;
    into.nanoseconds = Number(exact % units) * (1e9 / perSecond);
  }
  return into.seconds >= 0 && into.seconds < 2 ** 32;
}
