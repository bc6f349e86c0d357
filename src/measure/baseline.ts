import { RttsharkError } from '../errors.ts';
import {
  missingStatistic,
  whyNoGroup,
  type BudgetCheck,
  type BudgetStatistic,
  type CheckResult,
  type Measured,
  type MeasuredGroup,
} from './budget.ts';
import { matchesLabels, type LabelMatcher } from './label-match.ts';

/** The statistics of which less is better. */
export type BaselineStatistic = Exclude<BudgetStatistic, 'count' | 'sum'>;

export interface BaselineCheck extends CheckResult {
  readonly kind: 'baseline';
  /** The figure in the baseline; null where it has none. */
  readonly baseline: number | null;
  /** How much worse than the baseline is still good, as a fraction of it. */
  readonly tolerance: number;
  /** `actual / baseline - 1`; null where there is no such number. */
  readonly change: number | null;
}

export type Check = BudgetCheck | BaselineCheck;

export interface BaselineOptions {
  /** As a fraction, 0.1 by default: a tenth more than the baseline still passes. */
  readonly tolerance?: number;
  /** Mean, p50, p95 and p99 by default. */
  readonly statistics?: readonly BaselineStatistic[];
  /** Only groups that match all of these are compared; all groups by default. */
  readonly matchers?: readonly LabelMatcher[];
}

/**
 * Reads a tolerance: `10%` or `0.1`. More than 100 % must be written with the sign, because `10` hardly ever means
 * eleven times the baseline.
 *
 * @returns a fraction, zero or more
 * @throws RttsharkError `usage` for anything else
 */
export function parseTolerance(text: string): number {
  const [, digits, percent] = /^(\d+\.?\d*|\.\d+)\s*(%)?$/.exec(text.trim()) ?? [];
  const fraction = Number(digits) / (percent === undefined ? 1 : 100);
  if (digits === undefined || (percent === undefined && fraction > 1)) {
    throw new RttsharkError('usage', `"${text}" is not a tolerance.`, {
      hint: 'Write a percentage, as in 10%, or a fraction from 0 to 1, as in 0.1.',
    });
  }
  return fraction;
}

/**
 * Holds the groups of a measurement against those of an earlier one. Less than in the baseline is always good. A
 * group of the baseline that has no samples now fails; one that is new passes, and its check says so. A baseline
 * without a group to compare with fails, because nothing was checked then.
 *
 * @returns checks in the order of the baseline's groups, then those of the new groups
 * @throws RttsharkError `usage` for a matcher of a label that the groups do not have, and where the two are not
 *   grouped by the same labels
 */
export function compareWithBaseline(
  current: Measured,
  baseline: Measured,
  { tolerance = 0.1, statistics = ['mean', 'p50', 'p95', 'p99'], matchers = [] }: BaselineOptions = {},
): BaselineCheck[] {
  refuseOtherLabels(current, baseline);
  const matching = (groups: readonly MeasuredGroup[]) =>
    new Map(
      groups.filter(({ labels }) => matchesLabels(matchers, labels)).map((group) => [keyOf(group), group]),
    );
  const before = matching(baseline.groups);
  const now = matching(current.groups);
  const common = { kind: 'baseline', measurement: current.name, tolerance } as const;

  const compared = [...before].flatMap(([key, old]) => {
    const group = now.get(key);
    if (group === undefined) return [{ ...common, ...missingGroup(old) }];
    return statistics.map((statistic) => ({
      ...common,
      ...comparedStatistic(statistic, group, old, tolerance),
    }));
  });
  const added = [...now]
    .filter(([key]) => !before.has(key))
    .map(([, group]) => ({ ...common, ...newGroup(group) }));
  const nothing = before.size > 0 ? [] : [{ ...common, ...nothingToCompare(whyNoGroup(baseline, matchers)) }];
  return [...nothing, ...compared, ...added];
}

type Comparison = Omit<BaselineCheck, 'kind' | 'measurement' | 'tolerance'>;

function comparedStatistic(
  statistic: BaselineStatistic,
  group: MeasuredGroup,
  old: MeasuredGroup,
  tolerance: number,
): Comparison {
  const expected = { labels: old.labels, statistic, comparison: '<=' } as const;
  const baseline = old.statistics[statistic];
  const actual = group.statistics[statistic];
  if (baseline === null) {
    const note = `the baseline has ${missingStatistic(statistic, old.statistics.count)}`;
    return { ...expected, limit: null, actual, passed: true, note, baseline, change: null };
  }
  const limit = baseline + Math.abs(baseline) * tolerance;
  if (actual === null) {
    const note = missingStatistic(statistic, group.statistics.count);
    return { ...expected, limit, actual, passed: false, note, baseline, change: null };
  }
  const change = baseline > 0 ? actual / baseline - 1 : null;
  return { ...expected, limit, actual, passed: actual <= limit, note: null, baseline, change };
}

const onCount = { statistic: 'count', comparison: '>=', change: null } as const;

function missingGroup({ labels, statistics }: MeasuredGroup): Comparison {
  const note = 'in the baseline, but without samples now';
  return { ...onCount, labels, limit: 1, actual: 0, passed: false, note, baseline: statistics.count };
}

function newGroup({ labels, statistics }: MeasuredGroup): Comparison {
  const note = 'new: not in the baseline';
  return { ...onCount, labels, limit: null, actual: statistics.count, passed: true, note, baseline: null };
}

function nothingToCompare(why: string): Comparison {
  const note = `nothing to compare with: in the baseline ${why}`;
  return { ...onCount, labels: null, limit: 1, actual: 0, passed: false, note, baseline: null };
}

function refuseOtherLabels(current: Measured, baseline: Measured): void {
  const [now, before] = [current, baseline].map(labelNames);
  if (now === undefined || before === undefined || [...now].sort().join() === [...before].sort().join())
    return;
  throw new RttsharkError(
    'usage',
    `The baseline is ${groupedBy(before)}, this measurement is ${groupedBy(now)}.`,
    {
      hint: 'Group both in the same way with --by, or write the baseline anew with --update.',
    },
  );
}

function labelNames({ groups: [first] }: Measured): string[] | undefined {
  return first && Object.keys(first.labels);
}

function groupedBy(names: readonly string[]): string {
  return names.length === 0 ? 'not grouped' : `grouped by "${names.join(',')}"`;
}

/** The same for the same labels in any order. */
function keyOf({ labels }: MeasuredGroup): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
