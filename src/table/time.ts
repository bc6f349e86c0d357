/**
 * Times as tshark prints them (`1795359084.740123456`, seconds since the Unix epoch) and as a table keeps them
 * (integer nanoseconds, bigint). A double holds an epoch time to 2.4e-7 s only.
 */

import { RttsharkError } from '../errors.ts';

const nanosecondsPerSecond = 1_000_000_000n;
const fractionDigits = 9;

const digitZero = 48;
const minus = 45;
const point = 46;

/** Above so many seconds a time may not fit 64 bits any more. */
const surelyFits = 9_223_372_035;
/** No 64-bit time has as many seconds; counting stops there, while numbers are still exact. */
const surelyTooLarge = 1e11;

/**
 * Nanoseconds since the Unix epoch of a decimal number of seconds.
 *
 * @param text - `-?[0-9]+(\.[0-9]{1,9})?`
 * @returns null for anything else, and for a time that does not fit 64 bits (before 1677, after 2262)
 */
export function parseEpochTime(text: string): bigint | null {
  const negative = text.charCodeAt(0) === minus;
  const start = negative ? 1 : 0;
  let seconds = 0;
  let at = start;
  for (; at < text.length; at++) {
    const digit = text.charCodeAt(at) - digitZero;
    if (!(digit >= 0 && digit <= 9)) break;
    if (seconds < surelyTooLarge) seconds = seconds * 10 + digit;
  }
  if (at === start) return null;
  const nanoseconds = at === text.length ? 0 : parseFraction(text, at);
  if (nanoseconds < 0) return null;
  const size = BigInt(seconds) * nanosecondsPerSecond + BigInt(nanoseconds);
  const time = negative ? -size : size;
  if (seconds > surelyFits && BigInt.asIntN(64, time) !== time) return null;
  return time;
}

/** Nanoseconds of the `.740123456` at the end of a text; −1 where it is no such thing. */
function parseFraction(text: string, at: number): number {
  const digits = text.length - at - 1;
  if (text.charCodeAt(at) !== point || digits === 0 || digits > fractionDigits) return -1;
  let nanoseconds = 0;
  for (let i = at + 1; i < text.length; i++) {
    const digit = text.charCodeAt(i) - digitZero;
    if (!(digit >= 0 && digit <= 9)) return -1;
    nanoseconds = nanoseconds * 10 + digit;
  }
  for (let missing = fractionDigits - digits; missing > 0; missing--) nanoseconds *= 10;
  return nanoseconds;
}

/** Decimal seconds with nine digits after the point, exact: `1795359084.740123456`, `-0.500000000`. */
export function formatEpochSeconds(nanoseconds: bigint): string {
  const negative = nanoseconds < 0n;
  const digits = (negative ? -nanoseconds : nanoseconds).toString().padStart(fractionDigits + 1, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -fractionDigits)}.${digits.slice(-fractionDigits)}`;
}

/** Seconds since the Unix epoch as the double that is nearest to the exact decimal number. */
export function epochSecondsOf(nanoseconds: bigint): number {
  // Parsing decimal text rounds once, to nearest; dividing doubles would round twice.
  return Number(formatEpochSeconds(nanoseconds));
}

/**
 * Whole nanoseconds of a positive number of seconds, to the nearest.
 *
 * Throws RttsharkError `usage` for anything below half a nanosecond, and for what does not fit 63 bits.
 */
export function nanosecondsOf(seconds: number): bigint {
  // The shortest decimal text of 0.1 is 0.1; its double is not, and would be off beyond 2^53 ns.
  const [whole = '', fraction = ''] = Number.isFinite(seconds)
    ? seconds.toFixed(fractionDigits).split('.')
    : [];
  const digits = whole + fraction;
  const nanoseconds = /^[0-9]+$/.test(digits) ? BigInt(digits) : 0n;
  if (nanoseconds > 0n && BigInt.asIntN(64, nanoseconds) === nanoseconds) return nanoseconds;
  throw new RttsharkError('usage', `A span of time is a number of seconds above 0, not ${seconds}.`);
}

/** The time in UTC, as people read it: `2026-11-24 20:25:22.740123456`. */
export function formatTimestamp(nanoseconds: bigint): string {
  const rest = ((nanoseconds % nanosecondsPerSecond) + nanosecondsPerSecond) % nanosecondsPerSecond;
  const seconds = (nanoseconds - rest) / nanosecondsPerSecond;
  const date = new Date(Number(seconds) * 1000).toISOString();
  return `${date.slice(0, 10)} ${date.slice(11, 19)}.${rest.toString().padStart(fractionDigits, '0')}`;
}
