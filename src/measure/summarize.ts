import { epochSecondsOf } from '../table/time.ts';
import { CompensatedSum } from '../table/compensated-sum.ts';
import { quantileOfSorted } from '../table/quantile.ts';
import { sampleVariance } from '../table/sample-variance.ts';
import type { Statistics } from './statistics.ts';

/**
 * The statistics of a set of samples: see `CompensatedSum`, `sampleVariance` and `quantileOfSorted` for their formulas.
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
  const variance = sampleVariance(sorted);
  return {
    count,
    sum,
    mean,
    stddev: variance === null ? null : Math.sqrt(variance),
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
