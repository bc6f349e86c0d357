import type { Distribution } from '../../src/measure/distribution.ts';
import { SortedValues } from '../../src/measure/sorted-values.ts';
import type { Group, MeasurementResult } from '../../src/measure/statistics.ts';
import { summarize } from '../../src/measure/summarize.ts';

const firstSeen = 1_795_359_084_740_000_000n;
const lastSeen = 1_795_359_090_100_000_000n;

/** A group with its values in seconds. */
export function groupOf(labels: Readonly<Record<string, string>>, values: readonly number[]): Group {
  const sortedValues = Float64Array.from(values).sort();
  const statistics = summarize(sortedValues, firstSeen, lastSeen);
  return { labels, distribution: new SortedValues(sortedValues), statistics, runningSum: statistics.sum };
}

/** A result with these groups, in this order. */
export function resultOf(...groups: readonly Group[]): MeasurementResult {
  const sortedValues = Float64Array.from(groups.flatMap(({ distribution }) => valuesOf(distribution))).sort();
  return {
    name: 'tcp_ack_rtt',
    field: 'tcp.analysis.ack_rtt',
    unit: 'seconds',
    quantileMethod: 'exact',
    quantileRelativeError: null,
    labelNames: Object.keys(groups[0]?.labels ?? {}),
    groups,
    total: summarize(sortedValues, firstSeen, lastSeen),
    distribution: new SortedValues(sortedValues),
  };
}

function valuesOf(distribution: Distribution): number[] {
  return distribution instanceof SortedValues ? [...distribution.values] : [];
}

/**
 * As many values as asked for between two ends, most of them near the middle of the logarithms, the same in every
 * run.
 *
 * @param slow - one in so many values is this many times as large
 */
export function spread(
  count: number,
  low: number,
  high: number,
  slow = { every: Infinity, times: 1 },
): number[] {
  let state = 1;
  const uniform = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  return Array.from({ length: count }, (_, at) => {
    const bell = (uniform() + uniform() + uniform()) / 3;
    return low * (high / low) ** bell * (at % slow.every === 0 ? slow.times : 1);
  });
}
