import type { Distribution } from './distribution.ts';
import type { MarkedSample } from './marked-sample.ts';
import type { MetricType } from './measurement.ts';

/** What is known of the samples of one group, or of all. Durations are in the measurement's unit (seconds). */
export interface Statistics {
  /** Number of samples. */
  readonly count: number;
  readonly sum: number;
  readonly mean: number | null;
  /** Sample standard deviation (n − 1); null for fewer than two samples. */
  readonly stddev: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /** Quantiles, interpolated linearly between the closest ranks where the method is exact. */
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  /** Time of the first and the last sample: seconds since the epoch. */
  readonly first_seen: number | null;
  readonly last_seen: number | null;
}

/** The names of the figures, in the order in which every output gives them. */
export const statisticNames = [
  'count',
  'sum',
  'mean',
  'stddev',
  'min',
  'max',
  'p50',
  'p90',
  'p95',
  'p99',
  'first_seen',
  'last_seen',
] as const satisfies readonly (keyof Statistics)[];

export type StatisticName = (typeof statisticNames)[number];

/** One set of label values with its statistics. Label order is the order that was asked for. */
export interface Group {
  readonly labels: Readonly<Record<string, string>>;
  readonly statistics: Statistics;
  /** How the group's values are spread: `SortedValues` where the quantile method is exact. */
  readonly distribution: Distribution;
  /**
   * The sum as every Prometheus client makes it, added up one by one in the order of the samples: what a histogram's
   * `_sum` holds. `statistics.sum` is nearer to the truth.
   */
  readonly runningSum: number;
  /** The largest sample of each bucket, in their order, where they were asked for. */
  readonly marks?: readonly MarkedSample[] | undefined;
}

/** The groups of one measurement: largest count first, then by labels in code unit order. */
export interface MeasurementResult {
  /** As in `tcp_ack_rtt`. */
  readonly name: string;
  /** The tshark field that held the values. */
  readonly field: string;
  readonly unit: 'seconds';
  /** What was measured, as a phrase. */
  readonly title?: string | undefined;
  /** Upper bounds in seconds of a histogram that fits, where the usual ones do not. */
  readonly buckets?: readonly number[] | undefined;
  /** What its samples become for Prometheus: `histogram` by default. */
  readonly metric?: MetricType | undefined;
  /** `exact`: from all values; `sketch`: from counts of values that are close together. */
  readonly quantileMethod: 'exact' | 'sketch';
  /** How far a quantile may be from a value of its rank, as a fraction of that value; null where they are exact. */
  readonly quantileRelativeError: number | null;
  /** The names of the groups' labels, in order; none where only the total was asked for: there is one group then. */
  readonly labelNames: readonly string[];
  /** How many groups were made one, whose every label is `other`, because there were too many. */
  readonly otherGroups?: number | undefined;
  readonly groups: readonly Group[];
  readonly total: Statistics;
  /** How the values of all groups are spread. */
  readonly distribution: Distribution;
}
