import type { Distribution } from '../measure/distribution.ts';
import { displayWidth } from './display-width.ts';
import { durationCells, groupThousands } from './figure-cells.ts';
import { printable } from './printable.ts';
import { sparklines, type LogScale } from './sparkline.ts';

/** A column of a table. Cells are plain text without padding; the last one is of the line of totals. */
export interface TableColumn {
  /** `total` and `change` are of a live capture: since its start, and against that. */
  readonly kind:
    | 'label'
    | 'count'
    | 'mean'
    | 'stddev'
    | 'min'
    | 'p50'
    | 'p90'
    | 'p95'
    | 'change'
    | 'p99'
    | 'max'
    | 'total'
    | 'distribution'
    | 'event';
  readonly header: string;
  readonly align: 'left' | 'right';
  readonly cells: readonly string[];
  /** Of the header and all cells. */
  readonly width: number;
}

const distributionWidth = 14;

export function column(
  kind: TableColumn['kind'],
  align: TableColumn['align'],
  cells: readonly string[],
  header: string = kind,
): TableColumn {
  const width = cells.reduce((widest, cell) => Math.max(widest, displayWidth(cell)), displayWidth(header));
  return { kind, header, align, cells, width };
}

/** A column for each label; without any, one that only says which line is the total. */
export function labelColumns(
  groups: readonly { readonly labels: Readonly<Record<string, string>> }[],
  names: readonly string[],
  unicode: boolean,
): TableColumn[] {
  if (names.length === 0) return [column('label', 'left', [...groups.map(() => ''), 'total'], '')];
  return names.map((name, at) => {
    const values = groups.map(({ labels }) => printable(labels[name] ?? '', unicode));
    return column('label', 'left', [...values, at === 0 ? 'total' : ''], printable(name, unicode));
  });
}

/** @param counts - null is an empty cell */
export function countColumn(kind: 'count' | 'total', counts: readonly (number | null)[]): TableColumn {
  return column(
    kind,
    'right',
    counts.map((count) => (count === null ? '' : groupThousands(count))),
  );
}

/** @param seconds - null is a dash */
export function durationColumn(
  kind: TableColumn['kind'],
  seconds: readonly (number | null)[],
  unicode: boolean,
): TableColumn {
  return column(kind, 'right', durationCells(seconds, unicode));
}

/** @param distributions - undefined is an empty cell */
export function distributionColumn(
  distributions: readonly (Distribution | undefined)[],
  scale: LogScale,
): TableColumn {
  const sparkline = sparklines(scale, distributionWidth);
  const cells = distributions.map((values) => (values === undefined ? '' : sparkline(values)));
  return column('distribution', 'left', cells);
}
