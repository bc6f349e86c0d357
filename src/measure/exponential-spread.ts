import { CountedValues } from './counted-values.ts';
import type { Distribution } from './distribution.ts';
import { bucketBound, bucketIndex } from './exponential-bounds.ts';
import { zeroThreshold, type ExponentialCounts, type ExponentialLayout } from './exponential-counts.ts';
import { ExponentialHistogram } from './exponential-histogram.ts';

/**
 * The values of a distribution in exponential buckets: the same as if each had been counted, as far as the distribution
 * is exact, or has counted them in these buckets.
 */
export function exponentialCounts(distribution: Distribution, layout: ExponentialLayout): ExponentialCounts {
  const counted = distribution instanceof CountedValues ? distribution.exponentialCounts(layout) : undefined;
  if (counted !== undefined) return counted;
  const { min, max } = distribution;
  const histogram = new ExponentialHistogram(layout);
  if (min === null || max === null) return histogram.counts();
  const atMost = (bound: number) => distribution.countAtMost(bound);
  histogram.add(0, atMost(zeroThreshold) - distribution.countBelow(-zeroThreshold));
  const count = (sign: 1 | -1, low: number, high: number) => {
    if (high <= zeroThreshold) return;
    const { schema } = layout;
    const upTo =
      sign > 0
        ? (index: number) => atMost(bucketBound(index, schema))
        : (index: number) => distribution.count - distribution.countBelow(-bucketBound(index, schema));
    const lastOfZeros = bucketIndex(zeroThreshold, schema);
    const before = Math.max(lastOfZeros, bucketIndex(Math.max(low, zeroThreshold), schema) - 1);
    eachOccupied(before, bucketIndex(high, schema), upTo, (index, values) => {
      histogram.add(sign * bucketBound(index, schema), values);
    });
  };
  count(1, min, max);
  count(-1, -max, -min);
  return histogram.counts();
}

/**
 * Finds the occupied buckets by halving, since most are empty.
 *
 * @param before - the index before the first bucket
 * @param upTo - how many values are in a bucket and all before it
 */
function eachOccupied(
  before: number,
  last: number,
  upTo: (index: number) => number,
  take: (index: number, values: number) => void,
): void {
  const split = (low: number, high: number, lowCount: number, highCount: number) => {
    if (lowCount === highCount) return;
    if (high - low === 1) {
      take(high, highCount - lowCount);
      return;
    }
    const middle = Math.floor((low + high) / 2);
    const middleCount = upTo(middle);
    split(low, middle, lowCount, middleCount);
    split(middle, high, middleCount, highCount);
  };
  split(before, last, upTo(before), upTo(last));
}
