import type { Group, MeasurementResult, Statistics } from '../measure/statistics.ts';
import type { LogScale } from './sparkline.ts';
import {
  countColumn,
  distributionColumn,
  durationColumn,
  labelColumns,
  type TableColumn,
} from './table-column.ts';

const durations = ['mean', 'stddev', 'min', 'p50', 'p90', 'p95', 'p99', 'max'] as const;

/**
 * All columns for some groups and their measurement's totals, whether or not there is room for them.
 *
 * @param scale - of the distributions; undefined leaves them out
 */
export function tableColumns(
  groups: readonly Group[],
  { labelNames, total, distribution }: MeasurementResult,
  { unicode, scale }: { unicode: boolean; scale: LogScale | undefined },
): TableColumn[] {
  const rows: Statistics[] = [...groups.map(({ statistics }) => statistics), total];
  const distributions = [...groups.map((group) => group.distribution), distribution];
  return [
    ...labelColumns(groups, labelNames, unicode),
    countColumn(
      'count',
      rows.map(({ count }) => count),
    ),
    ...durations.map((name) =>
      durationColumn(
        name,
        rows.map((row) => row[name]),
        unicode,
      ),
    ),
    ...(scale === undefined ? [] : [distributionColumn(distributions, scale)]),
  ];
}
