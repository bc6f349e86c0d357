/** Which failures of a push are worth another try, and how long to wait before it. Pure. */

import type { TransportError } from './transport-error.ts';

const firstPauseMs = 500;
const longestPauseMs = 10_000;
const longestRetryAfterMs = 30_000;

/** What the network says where a later try may find the gateway there. */
const retriedCodes = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETRESET',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_SOCKET',
]);

/** 429 and 5xx: a 400, or any other status, is the same the next time. */
export function isRetriedStatus(status: number): boolean {
  return status === 429 || (status >= 500 && status <= 599);
}

/** Connection errors: not what TLS found, and no time-out, which has taken long enough. */
export function isRetriedFailure(failure: TransportError): boolean {
  return failure.code !== undefined && retriedCodes.has(failure.code);
}

/**
 * The pause before a try, in milliseconds: doubles from 0.5 s up to 10 s, of which a random part of up to one half
 * is taken off, so that many hosts do not come back at the same moment. Never shorter than what the server asked for
 * by Retry-After, of which 30 s at most are granted unless told otherwise.
 *
 * @param retriesBefore - 0 before the first retry
 * @param random - from 0 to below 1
 * @param retryAfterMs - what the server asked for
 */
export function pauseBeforeRetryMs(
  retriesBefore: number,
  random: number,
  retryAfterMs = 0,
  longestMs = longestRetryAfterMs,
): number {
  const longest = Math.min(longestPauseMs, firstPauseMs * 2 ** retriesBefore);
  const jittered = Math.round(longest * (1 - random / 2));
  return Math.max(jittered, Math.min(retryAfterMs, longestMs));
}

/**
 * Reads a Retry-After header: seconds, or a date.
 *
 * @param nowMs - the time of day, as `Date.now()` gives it
 * @returns milliseconds, 0 for a date gone by, undefined where there is no header or it makes no sense
 */
export function parseRetryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // Date.parse takes much for a date, a bare "-5" too; the dates of HTTP begin with a day's name.
  const at = /^[a-z]/i.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
