import { epochSecondsOf } from '../table/time.ts';
import { CompensatedSum } from '../table/compensated-sum.ts';
import { quantileOfSorted } from './quantile.ts';
import type { Statistics } from './statistics.ts';

/**
 * The statistics of a set of samples.
 *
 * The standard deviation is computed in two passes over the deviations from the mean, with the correction for the
 * mean's own rounding (T. Chan, G. Golub, R. LeVeque, "Algorithms for Computing the Sample Variance", 1983), so
 * that nothing cancels however large the values are beside their spread.
 *
 * @param sorted - the values in ascending order
 * @param firstSeen - nanoseconds since the epoch; null without samples
 */
export function summarize(
  sorted: Float64Array,
  firstSeen: bigint | null,
  lastSeen: bigint | null,
): Statistics {
  const count = sorted.length;
  const sum = sumOf(sorted);
  const mean = count === 0 ? null : sum / count;
  return {
    count,
    sum,
    mean,
    stddev: mean === null || count < 2 ? null : deviation(sorted, mean),
    min: sorted[0] ?? null,
    max: sorted[count - 1] ?? null,
    p50: quantileOfSorted(sorted, 0.5),
    p90: quantileOfSorted(sorted, 0.9),
    p95: quantileOfSorted(sorted, 0.95),
    p99: quantileOfSorted(sorted, 0.99),
    first_seen: firstSeen === null ? null : epochSecondsOf(firstSeen),
    last_seen: lastSeen === null ? null : epochSecondsOf(lastSeen),
  };
}

function sumOf(values: Float64Array): number {
  const sum = new CompensatedSum();
  for (const value of values) sum.add(value);
  return sum.value;
}

function deviation(values: Float64Array, mean: number): number {
  const squares = new CompensatedSum();
  const rest = new CompensatedSum();
  for (const value of values) {
    const difference = value - mean;
    squares.add(difference * difference);
    rest.add(difference);
  }
  const correction = (rest.value * rest.value) / values.length;
  return Math.sqrt(Math.max(0, squares.value - correction) / (values.length - 1));
}
