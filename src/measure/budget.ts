import { RttsharkError } from '../errors.ts';
import { nearestNames } from '../nearest.ts';
import { parseDuration } from './duration.ts';
import { matchesLabels, type LabelMatcher } from './label-match.ts';
import type { Group } from './statistics.ts';

/** The statistics that a budget can be set for. */
export const budgetStatistics = [
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
] as const;

export type BudgetStatistic = (typeof budgetStatistics)[number];

/** What a statistic may be at most, or must be at least. */
export interface Budget {
  readonly bound: 'max' | 'min';
  readonly statistic: BudgetStatistic;
  /** Seconds; for `count` a number of samples. */
  readonly limit: number;
}

/** A group without its single values, so that the groups of a saved document fit too. */
export type MeasuredGroup = Pick<Group, 'labels' | 'statistics'>;

/** A measurement's name and groups. A `MeasurementResult` is one. */
export interface Measured {
  readonly name: string;
  readonly groups: readonly MeasuredGroup[];
}

/** One comparison and how it went. Figures are seconds, except those of `count`. */
export interface CheckResult {
  /** The measurement's name. */
  readonly measurement: string;
  /** The group's labels; null where there was no group to look at. */
  readonly labels: Readonly<Record<string, string>> | null;
  readonly statistic: BudgetStatistic;
  /** How `actual` must stand to `limit`. */
  readonly comparison: '<=' | '>=';
  /** Null where there is nothing to hold the figure against. */
  readonly limit: number | null;
  readonly actual: number | null;
  readonly passed: boolean;
  /** What the figures alone do not say, as a phrase. */
  readonly note: string | null;
}

export interface BudgetCheck extends CheckResult {
  readonly kind: 'budget';
  readonly limit: number;
}

/**
 * Reads what follows `--max` or `--min`: `p95=50ms`, `count=100`.
 *
 * @param bound - `max`: the statistic may be at most this; `min`: it must be at least this
 * @param text - statistic, `=`, and a duration as `parseDuration` takes it, for `count` a whole number
 * @throws RttsharkError `usage`; for a wrong statistic the message names the nearest right one
 */
export function parseBudget(bound: 'max' | 'min', text: string): Budget {
  const at = text.indexOf('=');
  if (at < 0) {
    throw new RttsharkError('usage', `"--${bound} ${text}" has no limit.`, {
      hint: `Write STATISTIC=LIMIT, as in --${bound} p95=50ms or --${bound} count=100.`,
    });
  }
  const statistic = parseStatistic(text.slice(0, at).trim());
  const limitText = text.slice(at + 1).trim();
  return {
    bound,
    statistic,
    limit: statistic === 'count' ? parseCount(limitText) : parseDuration(limitText),
  };
}

/**
 * Holds every budget against every group that matches. A budget that matches no group is one failed check, and so
 * is a statistic that does not exist, such as the standard deviation of one sample.
 *
 * @returns checks in the order of the budgets, then of the groups
 * @throws RttsharkError `usage` for a matcher of a label that the groups do not have
 */
export function evaluateBudgets(
  measured: Measured,
  budgets: readonly Budget[],
  matchers: readonly LabelMatcher[],
): BudgetCheck[] {
  const groups = measured.groups.filter((group) => matchesLabels(matchers, group.labels));
  return budgets.flatMap((budget): BudgetCheck[] => {
    const expected = {
      kind: 'budget',
      measurement: measured.name,
      statistic: budget.statistic,
      comparison: budget.bound === 'max' ? '<=' : '>=',
      limit: budget.limit,
    } as const;
    if (groups.length === 0) {
      return [
        { ...expected, labels: null, actual: null, passed: false, note: whyNoGroup(measured, matchers) },
      ];
    }
    return groups.map(({ labels, statistics }) => {
      const actual = statistics[budget.statistic];
      const note = actual === null ? missingStatistic(budget.statistic, statistics.count) : null;
      return { ...expected, labels, actual, passed: isWithin(budget, actual), note };
    });
  });
}

/** Why a figure is null, as a phrase. */
export function missingStatistic(statistic: BudgetStatistic, count: number): string {
  return `no ${statistic} of ${count} ${count === 1 ? 'sample' : 'samples'}`;
}

/** Why there is nothing to compare, as a phrase. */
export function whyNoGroup(measured: Measured, matchers: readonly LabelMatcher[]): string {
  if (measured.groups.length === 0) return 'there are no samples';
  return `no group matches ${matchers.map(({ text }) => text).join(' and ')}`;
}

function isWithin({ bound, limit }: Budget, actual: number | null): boolean {
  if (actual === null) return false;
  return bound === 'max' ? actual <= limit : actual >= limit;
}

function parseStatistic(name: string): BudgetStatistic {
  const known = budgetStatistics.find((statistic) => statistic === name);
  if (known !== undefined) return known;
  const near = nearestNames(name, budgetStatistics);
  const all = `The statistics are: ${budgetStatistics.join(', ')}.`;
  throw new RttsharkError('usage', `There is no statistic "${name}".`, {
    hint: near.length === 0 ? all : `Did you mean ${near.join(' or ')}? ${all}`,
  });
}

function parseCount(text: string): number {
  if (!/^\d+$/.test(text)) {
    throw new RttsharkError('usage', `"${text}" is not a number of samples.`, {
      hint: 'Write a whole number, as in count=100.',
    });
  }
  return Number(text);
}
