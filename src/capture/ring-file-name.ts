import { basename, dirname, extname, join } from 'node:path';

/**
 * The name of a file of a ring, as dumpcap makes it: `trace_00001_20261124185542.pcapng`. Pure.
 *
 * @param number - 1 for the first
 * @param timeMs - milliseconds since the epoch; shown in UTC
 */
export function ringFileName(path: string, number: number, timeMs: number): string {
  const ending = extname(path);
  const stem = basename(path, ending);
  const stamp = new Date(timeMs)
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/[-:T]/g, '');
  return join(dirname(path), `${stem}_${String(number).padStart(5, '0')}_${stamp}${ending}`);
}
