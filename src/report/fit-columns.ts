import { shortenMiddle } from './display-width.ts';
import type { TableColumn } from './table-column.ts';

export const columnGap = 2;

/** Least important first. Labels, count, p50 and p95 stay until labels have been shortened. */
const droppedFirst = [
  'stddev',
  'min',
  'p90',
  'distribution',
  'mean',
  'p99',
  'max',
  'total',
  'change',
] as const;
const droppedLast = ['p95', 'p50', 'count'] as const;
/** Below this, a shortened address says nothing, and figures make room for it. */
const readableLabelWidth = 8;

/**
 * The columns that fit a terminal: the least important are left out, then labels are shortened in the middle, and
 * only after that figures that matter give way.
 *
 * @param width - terminal cells, at least 1; undefined: there is no limit
 */
export function fitColumns(
  columns: readonly TableColumn[],
  width: number | undefined,
  unicode: boolean,
): TableColumn[] {
  if (width === undefined) return [...columns];
  let kept = [...columns];
  const fits = () => widthOf(kept) <= width;
  const drop = (kind: TableColumn['kind']) => {
    if (!fits()) kept = kept.filter((column) => column.kind !== kind);
  };
  droppedFirst.forEach(drop);
  if (!fits()) kept = shortenLabels(kept, width, unicode, readableLabelWidth);
  droppedLast.forEach(drop);
  if (!fits()) kept = shortenLabels(kept, width, unicode, 1);
  while (!fits()) kept.pop();
  return kept;
}

/** Of all columns and the gaps between them. */
export function widthOf(columns: readonly TableColumn[]): number {
  return columns.reduce((sum, column) => sum + column.width, columnGap * (columns.length - 1));
}

/** Takes cells from the widest label, again and again, until the table fits or no label may be narrower. */
function shortenLabels(
  columns: TableColumn[],
  width: number,
  unicode: boolean,
  narrowest: number,
): TableColumn[] {
  const widths = columns.map((column) => column.width);
  for (let excess = widthOf(columns) - width; excess > 0; excess -= 1) {
    const widest = widths.reduce(
      (best, candidate, at) =>
        columns[at]?.kind === 'label' && candidate > (widths[best] ?? narrowest) ? at : best,
      -1,
    );
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return columns.map((column, at) => narrowed(column, widths[at] ?? column.width, unicode));
}

function narrowed(column: TableColumn, width: number, unicode: boolean): TableColumn {
  if (width >= column.width) return column;
  const shorten = (text: string) => shortenMiddle(text, width, unicode);
  return { ...column, header: shorten(column.header), cells: column.cells.map(shorten), width };
}
