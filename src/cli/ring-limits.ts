import { RttsharkError } from '../errors.ts';
import { parseDuration } from '../measure/duration.ts';
import { parseByteSize } from './byte-size.ts';

/** When the next file is begun, and how many are kept. */
export interface RingLimits {
  readonly fileBytes?: number;
  readonly durationSeconds?: number;
  /** At least 1. Without it, no file is ever removed. */
  readonly files?: number;
}

const readers: Readonly<Record<string, (value: string) => RingLimits>> = {
  filesize: (value) => ({ fileBytes: fileBytes(value) }),
  duration: (value) => ({ durationSeconds: durationSeconds(value) }),
  files: (value) => ({ files: fileCount(value) }),
};

/**
 * Reads the limits of a ring of files: `filesize:100MB,files:10`, `duration:1h,files:24`. The names are those of
 * dumpcap's `-b`; a file size needs a unit, because it is kilobytes there.
 *
 * @throws RttsharkError `usage` for a name that is unknown or comes twice, a value that is none, and for limits with
 * which no second file would ever be begun
 */
export function parseRingLimits(text: string): RingLimits {
  let limits: RingLimits = {};
  for (const part of text.split(',')) {
    const [, name = '', value = ''] = /^\s*(\w+)\s*:\s*(.*?)\s*$/s.exec(part) ?? [];
    const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
    if (read === undefined) throw refused(part, 'It is made of filesize:, duration: and files:');
    const limit = read(value);
    const [key = ''] = Object.keys(limit);
    if (Object.hasOwn(limits, key)) throw new RttsharkError('usage', `--ring names "${name}" twice.`);
    limits = { ...limits, ...limit };
  }
  if (limits.fileBytes === undefined && limits.durationSeconds === undefined) {
    throw refused(text, 'It needs a limit for each file, filesize: or duration:');
  }
  return limits;
}

function fileBytes(value: string): number {
  // dumpcap's number would be a thousand times as much.
  if (/^[\d.]+$/.test(value)) throw refused(`filesize:${value}`, 'The size needs its unit');
  return parseByteSize(value);
}

function durationSeconds(value: string): number {
  const seconds = parseDuration(value);
  if (seconds > 0) return seconds;
  throw refused(`duration:${value}`, 'It has to be above zero');
}

function fileCount(value: string): number {
  const count = Number(value);
  if (/^\d+$/.test(value) && Number.isSafeInteger(count) && count > 0) return count;
  throw refused(`files:${value}`, 'It is a whole number above zero');
}

function refused(text: string, why: string): RttsharkError {
  return new RttsharkError('usage', `"${text}" is no value for --ring.`, {
    hint: `${why}, as in filesize:100MB,files:10.`,
  });
}
