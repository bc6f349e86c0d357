import { RttsharkError } from '../errors.ts';
import { parseDuration } from '../measure/duration.ts';

/**
 * Reads after how long something idle is let go: a duration, or `never`.
 *
 * @returns seconds above zero, `Infinity` for never
 * @throws RttsharkError `usage` for anything else
 */
export function parseIdleTime(option: string, text: string): number {
  if (text.trim() === 'never') return Infinity;
  return positiveDuration(option, text, 'Write a duration, as in 1h, or never.');
}

/**
 * Reads a duration that has to take some time.
 *
 * @returns seconds above zero
 * @throws RttsharkError `usage` for anything else
 */
export function positiveDuration(
  option: string,
  text: string,
  hint = 'Write a duration above zero, as in 15s.',
): number {
  const seconds = durationOrNone(text);
  if (seconds !== undefined && seconds > 0) return seconds;
  throw new RttsharkError('usage', `"${text}" is no value for --${option}.`, { hint });
}

function durationOrNone(text: string): number | undefined {
  try {
    return parseDuration(text);
  } catch (error) {
    if (error instanceof RttsharkError) return undefined;
    throw error;
  }
}
