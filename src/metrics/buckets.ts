import { RttsharkError } from '../errors.ts';
import type { Distribution } from '../measure/distribution.ts';

/** Upper bounds in seconds: from a switch's 50 µs to the 10 s after which nobody waits any more. */
export const defaultBuckets: readonly number[] = [
  0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];

/**
 * The upper bounds of a histogram's buckets, without the last, infinite one.
 *
 * @throws RttsharkError `usage` unless they are finite numbers, each larger than the one before
 */
export function checkBuckets(bounds: readonly number[]): readonly number[] {
  const finite = bounds.filter((bound, i) => !(bound === Infinity && i === bounds.length - 1));
  if (finite.length === 0) throw new RttsharkError('usage', 'A histogram needs at least one bucket.');
  for (const [i, bound] of finite.entries()) {
    const before = finite[i - 1];
    if (!Number.isFinite(bound))
      throw new RttsharkError('usage', `The bucket bound "${bound}" is no finite number.`);
    if (before !== undefined && bound <= before) {
      throw new RttsharkError('usage', `The bucket bounds must grow: ${bound} follows ${before}.`);
    }
  }
  return finite;
}

/**
 * How many values lie in each bucket and all those below it, as a histogram gives them; the infinite one is the
 * number of values and not given.
 *
 * @param bounds - upper bounds, which belong to their buckets
 */
export function cumulativeCounts(distribution: Distribution, bounds: readonly number[]): number[] {
  return bounds.map((bound) => distribution.countAtMost(bound));
}
