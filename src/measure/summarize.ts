import { epochSecondsOf } from '../table/time.ts';
import { CompensatedSum } from '../table/compensated-sum.ts';
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
  sorted: Float64Array | SortedValues,
  firstSeen: bigint | null,
  lastSeen: bigint | null,
): Statistics {
  const values = sorted instanceof SortedValues ? sorted : new SortedValues(sorted);
  return statisticsOf(values, figuresOf([values]), firstSeen, lastSeen);
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

/** The sum and the variance of all values of several sets, set after set, as `sampleVariance` has it of one. */
export function figuresOf(parts: readonly SortedValues[]): Figures {
  const count = parts.reduce((all, part) => all + part.count, 0);
  const sum = new CompensatedSum();
  for (const part of parts) part.sumInto(sum);
  if (count < 2) return { sum: sum.value, variance: null };
  const centre = sum.value / count;
  const [squares, rest] = [new CompensatedSum(), new CompensatedSum()];
  for (const part of parts) part.deviationsInto(rest, squares, centre);
  const variance = Math.max(0, squares.value - rest.value ** 2 / count) / (count - 1);
  return { sum: sum.value, variance };
}
