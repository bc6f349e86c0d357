import type { Distribution } from '../measure/distribution.ts';
import type { Group, MeasurementResult, Statistics } from '../measure/statistics.ts';
import { groupsByLabels } from './labels-key.ts';
import type { LogScale } from './sparkline.ts';
import {
  column,
  countColumn,
  distributionColumn,
  durationColumn,
  labelColumns,
  type TableColumn,
} from './table-column.ts';

/** A line of the table: a group in an interval, and since the start. */
export interface LiveRow {
  readonly labels: Group['labels'];
  /** Null where the interval had no samples. */
  readonly interval: Statistics | null;
  /** Undefined where the group is not held any more. */
  readonly total: { readonly statistics: Statistics; readonly distribution: Distribution } | undefined;
}

/** Fewer samples tell nothing of a 95th percentile. */
const fewestSamples = 10;
const smallestChange = 0.1;
/** Beyond, the percentage is no easier to read than what it is of. */
const largestPercent = 9999;

/** Every group that is known: first those with samples in the interval, largest first, then the others. */
export function liveRows(interval: MeasurementResult, total: MeasurementResult): LiveRow[] {
  if (interval.labelNames.length === 0) return [];
  const totalOf = groupsByLabels(total);
  const intervalOf = groupsByLabels(interval);
  return [
    ...interval.groups.map(({ labels, statistics }) => ({
      labels,
      interval: statistics,
      total: totalOf(labels),
    })),
    ...total.groups
      .filter(({ labels }) => intervalOf(labels) === undefined)
      .map((group) => ({ labels: group.labels, interval: null, total: group })),
  ];
}

/** The line of totals. */
export function totalRow(interval: MeasurementResult, { total, distribution }: MeasurementResult): LiveRow {
  return {
    labels: {},
    interval: interval.total.count === 0 ? null : interval.total,
    total: { statistics: total, distribution },
  };
}

/**
 * All columns for some rows, the last of which is of the totals.
 *
 * @param scale - of the distributions; undefined leaves them out
 */
export function liveColumns(
  rows: readonly LiveRow[],
  labelNames: readonly string[],
  { unicode, scale }: { unicode: boolean; scale: LogScale | undefined },
): TableColumn[] {
  const durations = (name: 'p50' | 'p95' | 'p99' | 'max') =>
    durationColumn(
      name,
      rows.map(({ interval }) => interval?.[name] ?? null),
      unicode,
    );
  return [
    ...labelColumns(rows.slice(0, -1), labelNames, unicode),
    countColumn(
      'count',
      rows.map(({ interval }) => interval?.count ?? 0),
    ),
    durations('p50'),
    durations('p95'),
    column(
      'change',
      'right',
      rows.map((row) => changeText(changeOf(row), unicode)),
    ),
    durations('p99'),
    durations('max'),
    countColumn(
      'total',
      rows.map(({ total }) => total?.statistics.count ?? null),
    ),
    ...(scale === undefined
      ? []
      : [
          distributionColumn(
            rows.map(({ total }) => total?.distribution),
            scale,
          ),
        ]),
  ];
}

/**
 * How much larger the interval's p95 is than that since the start, as a fraction; null where that is too little to be
 * told, or there are too few samples for it.
 */
export function changeOf({ interval, total }: LiveRow): number | null {
  const [now, before] = [interval?.p95 ?? null, total?.statistics.p95 ?? null];
  if (interval === null || interval.count < fewestSamples) return null;
  if (now === null || before === null || before <= 0) return null;
  const change = now / before - 1;
  return Math.abs(change) < smallestChange ? null : change;
}

function changeText(change: number | null, unicode: boolean): string {
  if (change === null) return '';
  const [up, down] = unicode ? ['↑ ', '↓ '] : ['+', '-'];
  const percent = Math.min(largestPercent, Math.round(Math.abs(change) * 100));
  return `${change > 0 ? up : down}${percent} %`;
}
