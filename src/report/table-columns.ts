import type { Distribution } from '../measure/distribution.ts';
import type { Group, MeasurementResult, Statistics } from '../measure/statistics.ts';
import { displayWidth } from './display-width.ts';
import { durationCells, groupThousands } from './figure-cells.ts';
import { printable } from './printable.ts';
import { sparkline, type LogScale } from './sparkline.ts';

/** A column of the table. Cells are plain text without padding; the last one is of the line of totals. */
export interface TableColumn {
  readonly kind:
    'label' | 'count' | 'mean' | 'stddev' | 'min' | 'p50' | 'p90' | 'p95' | 'p99' | 'max' | 'distribution';
  readonly header: string;
  readonly align: 'left' | 'right';
  readonly cells: readonly string[];
  /** Of the header and all cells. */
  readonly width: number;
}

const durations = ['mean', 'stddev', 'min', 'p50', 'p90', 'p95', 'p99', 'max'] as const;
const distributionWidth = 14;

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
  return [
    ...labelColumns(groups, labelNames, unicode),
    column(
      'count',
      'right',
      rows.map(({ count }) => groupThousands(count)),
    ),
    ...durations.map((name) =>
      column(
        name,
        'right',
        durationCells(
          rows.map((row) => row[name]),
          unicode,
        ),
      ),
    ),
    ...(scale === undefined ? [] : [distributionColumn(groups, distribution, scale)]),
  ];
}

function labelColumns(groups: readonly Group[], names: readonly string[], unicode: boolean): TableColumn[] {
  if (names.length === 0) return [column('label', 'left', [...groups.map(() => ''), 'total'], '')];
  return names.map((name, at) => {
    const values = groups.map(({ labels }) => printable(labels[name] ?? '', unicode));
    return column('label', 'left', [...values, at === 0 ? 'total' : ''], printable(name, unicode));
  });
}

function distributionColumn(groups: readonly Group[], all: Distribution, scale: LogScale): TableColumn {
  const cells = [...groups.map(({ distribution }) => distribution), all].map((values) =>
    sparkline(values, scale, distributionWidth),
  );
  return column('distribution', 'left', cells);
}

function column(
  kind: TableColumn['kind'],
  align: TableColumn['align'],
  cells: readonly string[],
  header: string = kind,
): TableColumn {
  const width = cells.reduce((widest, cell) => Math.max(widest, displayWidth(cell)), displayWidth(header));
  return { kind, header, align, cells, width };
}
