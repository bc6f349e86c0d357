import type { Check } from '../measure/baseline.ts';
import type { BudgetStatistic } from '../measure/budget.ts';
import { formatDuration } from '../measure/duration.ts';
import { groupThousands } from './figure-cells.ts';

const tableDigits = 3;
const mostDigits = 15;

/** `src=10.0.0.2 dst=10.0.0.1`, as the labels stand: not yet fit for a terminal or for XML. */
export function groupText({ labels }: Check): string {
  if (labels === null) return 'no group';
  const pairs = Object.entries(labels);
  return pairs.length === 0 ? 'total' : pairs.map(([name, value]) => `${name}=${value}`).join(' ');
}

/** What is asked of the group, the same in every run whatever was measured: `p95 <= 50 ms`. */
export function expectationText(check: Check): string {
  const { statistic, limit } = check;
  if (check.kind === 'budget')
    return `${statistic} ${check.comparison} ${exactText(statistic, check.limit, true)}`;
  if (check.labels === null) return 'has a baseline to be compared with';
  if (statistic === 'count')
    return limit === null ? 'is new since the baseline' : 'has samples, as in the baseline';
  return `${statistic} within ${percentText(check.tolerance)} of the baseline`;
}

export interface ComparisonText {
  /** Empty where there is no figure. */
  readonly actual: string;
  /** How the two really stand to each other, which for a failure is not how they should: `>`. */
  readonly relation: string;
  readonly limit: string;
}

/**
 * The figures of a check. Three digits, and as many more as it takes to see which one is larger: a figure that
 * fails by a hair never looks as if it had passed.
 */
export function comparisonText(check: Check, unicode: boolean): ComparisonText {
  const { kind, statistic, actual, limit, comparison } = check;
  if (actual === null || limit === null) {
    const text = actual === null ? '' : shownText(statistic, actual, tableDigits, unicode);
    return { actual: text, relation: '', limit: '' };
  }
  const digits = digitsToTellApart(actual, limit, kind === 'budget');
  const sign = Math.sign(actual - limit);
  const strict = sign > 0 ? '>' : '<';
  const asExpected = unicode ? comparison.replace('<=', '≤').replace('>=', '≥') : comparison;
  return {
    actual: shownText(statistic, actual, digits, unicode),
    relation: check.passed ? asExpected : strict,
    limit:
      kind === 'budget' ? exactText(statistic, limit, unicode) : shownText(statistic, limit, digits, unicode),
  };
}

/** What the figures alone do not say: the way from the baseline, and the note. Empty where there is nothing. */
export function remarkText(check: Check, unicode: boolean): string {
  const remarks = [];
  if (check.kind === 'baseline' && check.change !== null && check.baseline !== null) {
    const before = shownText(check.statistic, check.baseline, tableDigits, unicode);
    remarks.push(`${check.change < 0 ? '' : '+'}${percentText(check.change, 1)} from ${before}`);
  }
  if (check.note !== null) remarks.push(check.note);
  return remarks.join('; ');
}

function digitsToTellApart(actual: number, limit: number, limitIsExact: boolean): number {
  const order = Math.sign(actual - limit);
  for (let digits = tableDigits; digits < mostDigits; digits += 1) {
    const shownLimit = limitIsExact ? limit : Number(limit.toPrecision(digits));
    if (Math.sign(Number(actual.toPrecision(digits)) - shownLimit) === order) return digits;
  }
  return mostDigits;
}

function shownText(statistic: BudgetStatistic, figure: number, digits: number, unicode: boolean): string {
  return statistic === 'count' ? groupThousands(figure) : formatDuration(figure, { unicode, digits });
}

function exactText(statistic: BudgetStatistic, limit: number, unicode: boolean): string {
  if (statistic === 'count') return groupThousands(limit);
  return formatDuration(limit, { unicode, digits: mostDigits, trimZeros: true });
}

function percentText(fraction: number, digits?: number): string {
  const percent = fraction * 100;
  return `${digits === undefined ? String(Number(percent.toPrecision(12))) : percent.toFixed(digits)} %`;
}
