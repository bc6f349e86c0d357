/**
 * Numbers out of the bytes of their decimal text, without making that text. Only the plain forms are read, in which
 * nearly all values come; whatever else is left to the parsers of text, which give the same for these.
 */

const digitZero = 0x30;
const minus = 0x2d;
const point = 0x2e;

/** Integers of so many digits are doubles, and so are powers of ten up to 22: their quotient is rounded once. */
const mostDigits = 15;
const powersOfTen = Float64Array.from({ length: mostDigits + 1 }, (_, exponent) => 10 ** exponent);

/**
 * The double that is nearest to a number in the form `-?[0-9]+(\.[0-9]+)?`, of at most 15 characters behind the sign, as
 * `Number` gives it; NaN for anything else.
 */
export function decimalAt(bytes: Uint8Array, start: number, end: number): number {
  const negative = bytes[start] === minus;
  let at = negative ? start + 1 : start;
  if (at === end || end - at > mostDigits) return NaN;
  let size = 0;
  let pointAt = -1;
  for (const first = at; at < end; at++) {
    const byte = bytes[at] ?? 0;
    const digit = byte - digitZero;
    if (digit >= 0 && digit <= 9) size = size * 10 + digit;
    else if (byte === point && pointAt === -1 && at > first && at + 1 < end) pointAt = at;
    else return NaN;
  }
  const value = pointAt === -1 ? size : size / (powersOfTen[end - pointAt - 1] ?? NaN);
  return negative ? -value : value;
}

const billion = 1e9;
const twoTo16 = 0x1_0000;
const twoTo32 = 0x1_0000_0000;
const fractionDigits = 9;
/** With ten digits a number of seconds may be more than 64 bits of nanoseconds hold. */
export const mostSeconds = 9_223_372_035;
const mostSecondDigits = 10;

/** Where in a 64-bit integer its lower 32 bits are. */
const lowerWord = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 0 : 1;

/**
 * Writes the nanoseconds of a number of seconds in the form `[0-9]+(\.[0-9]{1,9})?` as a 64-bit integer.
 *
 * @param words - those integers, each as two words
 * @param index - of the integer
 * @returns false, and nothing written, for anything else, and for a time that may not fit
 */
export function writeEpochTime(
  bytes: Uint8Array,
  start: number,
  end: number,
  words: Uint32Array,
  index: number,
): boolean {
  let at = start;
  let seconds = 0;
  for (; at < end; at++) {
    const digit = (bytes[at] ?? 0) - digitZero;
    if (!(digit >= 0 && digit <= 9)) break;
    seconds = seconds * 10 + digit;
    if (at - start >= mostSecondDigits) return false;
  }
  if (at === start || seconds > mostSeconds) return false;
  let nanoseconds = 0;
  if (at < end) {
    if (bytes[at] !== point) return false;
    const digits = end - at - 1;
    if (digits < 1 || digits > fractionDigits) return false;
    for (at += 1; at < end; at++) {
      const digit = (bytes[at] ?? 0) - digitZero;
      if (!(digit >= 0 && digit <= 9)) return false;
      nanoseconds = nanoseconds * 10 + digit;
    }
    nanoseconds *= powersOfTen[fractionDigits - digits] ?? NaN;
  }
  writeNanoseconds(seconds, nanoseconds, words, index);
  return true;
}

/**
 * Writes seconds and nanoseconds as a 64-bit integer of nanoseconds.
 *
 * @param seconds - up to {@link mostSeconds}
 * @param words - those integers, each as two words
 */
export function writeNanoseconds(
  seconds: number,
  nanoseconds: number,
  words: Uint32Array,
  index: number,
): void {
  // A product of 64 bits in parts that doubles hold.
  const upper = Math.floor(seconds / twoTo16) * billion;
  const lower = (upper % twoTo16) * twoTo16 + (seconds % twoTo16) * billion + nanoseconds;
  words[2 * index + lowerWord] = lower % twoTo32;
  words[2 * index + 1 - lowerWord] = Math.floor(upper / twoTo16) + Math.floor(lower / twoTo32);
}
