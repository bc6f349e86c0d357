import { RttsharkError } from '../errors.ts';

/** How many of a unit make a second. Dividing by these is exact where multiplying by 0.001 is not. */
const unitsPerSecond = new Map<string, number>([
  ['ns', 1e9],
  ['us', 1e6],
  ['\u00b5s', 1e6],
  ['\u03bcs', 1e6],
  ['ms', 1e3],
  ['s', 1],
  ['', 1],
]);

const secondsPerUnit = new Map<string, number>([
  ['m', 60],
  ['min', 60],
  ['h', 3600],
  ['d', 86_400],
]);

const durationPattern = /^((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(ns|us|\u00b5s|\u03bcs|ms|s|min|m|h|d)?$/;

/**
 * Reads a duration as people write it: `50ms`, `1.5 s`, `250us`, `250µs`, `800ns`, `2m`, `2min`, `1h`, `7d`; a plain
 * number is seconds.
 *
 * @returns seconds, zero or more
 * @throws RttsharkError `usage` for anything else; the message names the text and what is accepted
 */
export function parseDuration(text: string): number {
  const [, digits, unit = ''] = durationPattern.exec(text.trim()) ?? [];
  const number = Number(digits);
  const seconds = (number * (secondsPerUnit.get(unit) ?? 1)) / (unitsPerSecond.get(unit) ?? 1);
  if (digits === undefined || !Number.isFinite(seconds)) {
    throw new RttsharkError('usage', `"${text}" is not a duration.`, {
      hint: 'Write a number with a unit (ns, us, ms, s, min, h or d), as in 50ms, or a plain number of seconds.',
    });
  }
  return seconds;
}

export interface DurationFormat {
  /** `µs` where true, `us` where false. */
  readonly unicode: boolean;
  /** Significant digits, 3 by default. */
  readonly digits?: number;
  /** Leave out zeros that end the fraction, so that a limit reads as it was written: `50 ms`, not `50.0 ms`. */
  readonly trimZeros?: boolean;
}

/**
 * A duration in the unit that people read: `812 ns`, `52.3 µs`, `1.24 ms`, `2.05 s`. Seconds are the largest unit;
 * less than a thousandth of a nanosecond is `0 s`.
 */
export function formatDuration(
  seconds: number,
  { unicode, digits = 3, trimZeros = false }: DurationFormat,
): string {
  // The digits are right to begin with, and need only their point moved: that is far quicker than to work with them.
  const [mantissa = '', exponentText] = seconds.toExponential(digits - 1).split('e');
  if (exponentText === undefined) return `${mantissa} s`;
  const exponent = Number(exponentText);
  if (seconds === 0 || exponent < -12) return '0 s';
  const [places, unit] = readableUnit(exponent, unicode);
  const fixed = withPointMoved(mantissa, exponent + places, digits);
  return `${trimZeros && fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed} ${unit}`;
}

/** @param exponent - of a number of seconds */
function readableUnit(exponent: number, unicode: boolean): [places: number, unit: string] {
  if (exponent < -6) return [9, 'ns'];
  if (exponent < -3) return [6, unicode ? '\u00b5s' : 'us'];
  if (exponent < 0) return [3, 'ms'];
  return [0, 's'];
}

/**
 * A number without an exponent.
 *
 * @param mantissa - with one digit before the point, and `digits` together
 * @param places - how far to the right its point is moved; where that is to the left, last digits are rounded away
 */
function withPointMoved(mantissa: string, places: number, digits: number): string {
  if (places < 0) return (Number(mantissa) * 10 ** places).toFixed(digits - 1);
  const sign = mantissa.startsWith('-') ? '-' : '';
  const all = mantissa.slice(sign.length).replace('.', '');
  const whole = places + 1;
  if (whole >= digits) return sign + all.padEnd(whole, '0');
  return `${sign}${all.slice(0, whole)}.${all.slice(whole)}`;
}
