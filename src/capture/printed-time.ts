import { parseEpochTime } from '../table/time.ts';

/**
 * Absolute times as tshark prints them when its time zone is UTC, which {@link utcEnvironment} makes it:
 *
 *     1700000000.001250000                      seconds since the epoch
 *     Nov 14, 2023 22:13:20.001250000 UTC       before 4.6
 *     2023-11-14T22:13:20.001250000+0000        since then; or Z
 *     2023/318:22:13:20.001250000 UTC           by the day of the year; or Z
 */
const clock = String.raw`(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?`;
const namedMonth = new RegExp(String.raw`^([A-Z][a-z]{2}) +(\d{1,2}), (\d{4,6}) ${clock} (?:UTC|GMT)$`);
const numbered = new RegExp(
  String.raw`^(\d{4,6})-(\d\d)-(\d\d)[T ]${clock} ?(?:UTC|GMT|Z|([+-])(\d\d):?(\d\d))$`,
);
const dayOfYear = new RegExp(String.raw`^(\d{4,6})[/:-](\d{3})[:T]${clock} ?(?:UTC|GMT|Z)?$`);

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const nanosecondsPerMs = 1_000_000n;
const msPerMinute = 60_000;

/** The variables that make tshark print absolute times in UTC, as they are read here. */
export const utcEnvironment: Readonly<Record<string, string>> = Object.freeze({ TZ: 'UTC0' });

/** Nanoseconds since the epoch; null for what is no time in UTC, and for one before 1677 or after 2262. */
export function parsePrintedTime(text: string): bigint | null {
  return parseEpochTime(text) ?? parseNumbered(text) ?? parseNamedMonth(text) ?? parseDayOfYear(text);
}

function parseNumbered(text: string): bigint | null {
  const [found, year, month, day, ...rest] = numbered.exec(text) ?? [];
  if (found === undefined) return null;
  const [hours, minutes, seconds, fraction, sign, offsetHours = '0', offsetMinutes = '0'] = rest;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === '-' ? -1 : 1);
  return timeOf(daysOf(year, Number(month) - 1, day), [hours, minutes, seconds, fraction], offset);
}

function parseNamedMonth(text: string): bigint | null {
  const [found, month = '', day, year, ...time] = namedMonth.exec(text) ?? [];
  const at = months.indexOf(month);
  return found === undefined || at === -1 ? null : timeOf(daysOf(year, at, day), time, 0);
}

function parseDayOfYear(text: string): bigint | null {
  const [found, year, day, ...time] = dayOfYear.exec(text) ?? [];
  return found === undefined ? null : timeOf(daysOf(year, 0, day), time, 0);
}

/** Milliseconds since the epoch at the beginning of a day. */
function daysOf(year: string | undefined, month: number, day: string | undefined): number {
  // Date.UTC takes the years below 100 for those of the last century.
  return new Date(0).setUTCFullYear(Number(year), month, Number(day));
}

function timeOf(
  dayMs: number,
  [hours, minutes, seconds, fraction = '']: readonly (string | undefined)[],
  offsetMinutes: number,
): bigint | null {
  const wholeMs =
    dayMs + (Number(hours) * 60 + Number(minutes) - offsetMinutes) * msPerMinute + Number(seconds) * 1000;
  if (!Number.isSafeInteger(wholeMs)) return null;
  const time = BigInt(wholeMs) * nanosecondsPerMs + BigInt(fraction.padEnd(9, '0'));
  return BigInt.asIntN(64, time) === time ? time : null;
}
