import { epochSecondsOf } from '../table/time.ts';
import { CompensatedSum } from '../table/compensated-sum.ts';
import { sampleVariance } from '../table/sample-variance.ts';
import type { Distribution } from './distribution.ts';
import { SortedValues } from './sorted-values.ts';
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
  const figures = { sum: sumOf(sorted), variance: sampleVariance(sorted) };
  return statisticsOf(new SortedValues(sorted), figures, firstSeen, lastSeen);
}

/** What a distribution does not tell. */
export interface Figures {
  readonly sum: number;
  /** Divided by n − 1; null below two values. */
  readonly variance: number | null;
}

/** The statistics of samples whose distribution is known, exactly or not. */
export function statisticsOf(
  distribution: Distribution,
  { sum, variance }: Figures,
  firstSeen: bigint | null,
  lastSeen: bigint | null,
): Statistics {
  const { count, min, max } = distribution;
  return {
    count,
    sum,
    mean: count === 0 ? null : sum / count,
    stddev: variance === null ? null : Math.sqrt(variance),
    min,
    max,
    p50: distribution.quantile(0.5),
    p90: distribution.quantile(0.9),
    p95: distribution.quantile(0.95),
    p99: distribution.quantile(0.99),
    first_seen: firstSeen === null ? null : epochSecondsOf(firstSeen),
    last_seen: lastSeen === null ? null : epochSecondsOf(lastSeen),
  };
}

function sumOf(values: Float64Array): number {
  const sum = new CompensatedSum();
  const { length } = values;
  // By index: several times as fast as an iterator, and a live capture does it again and again.
  for (let i = 0; i < length; i++) sum.add(values[i] ?? 0);
  return sum.value;
}
