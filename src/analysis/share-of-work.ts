import type { ReadingProgress } from '../capture/capture-reading.ts';

/**
 * How much of the work of several readings is done, 0 to 1: a larger input counts for more. Undefined where it cannot
 * be told of one of them. Pure.
 */
export function shareOfWork(readings: readonly ReadingProgress[]): number | undefined {
  let [done, all] = [0, 0];
  for (const { bytesRead, bytesTotal, share } of readings) {
    if (bytesTotal === undefined || (share === undefined && bytesRead === undefined)) return undefined;
    all += bytesTotal;
    done += share === undefined ? Math.min(bytesRead ?? 0, bytesTotal) : share * bytesTotal;
  }
  return all === 0 ? undefined : done / all;
}
