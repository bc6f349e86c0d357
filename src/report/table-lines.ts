import { formatDuration } from '../measure/duration.ts';
import type { Statistics } from '../measure/statistics.ts';
import { padEnd, padStart } from './display-width.ts';
import { groupThousands } from './figure-cells.ts';
import { columnGap } from './fit-columns.ts';
import { paint } from './paint.ts';
import { sparkBars, type LogScale } from './sparkline.ts';
import type { TableColumn } from './table-column.ts';

/** Paints a cell, which is padded already. */
export type CellStyle = (text: string, column: TableColumn) => string;

/** One line of a table: of each column the text that is asked for, aligned. */
export function tableLine(
  columns: readonly TableColumn[],
  textOf: (column: TableColumn) => string | undefined,
  style: CellStyle = (text) => text,
): string {
  const cells = columns.map((column, at) => {
    const text = textOf(column) ?? '';
    const padded = column.align === 'left' ? padEnd(text, column.width) : padStart(text, column.width);
    return style(at === columns.length - 1 ? padded.trimEnd() : padded, column);
  });
  return cells.join(' '.repeat(columnGap)).trimEnd();
}

/** A p99 this many times the median is worth a look. */
const slowTailFactor = 10;

/** Marks a p99 that is far from the median. */
export function slowTail({ p50, p99 }: Pick<Statistics, 'p50' | 'p99'>, colour: boolean): CellStyle {
  const isSlow = p50 !== null && p99 !== null && p99 >= p50 * slowTailFactor;
  return (text, { kind }) => (isSlow && kind === 'p99' ? paint(text, 'yellow', colour) : text);
}

/** How many groups are not shown. */
export function moreGroups(hidden: number, unicode: boolean): string {
  return `${unicode ? '…' : '...'} and ${groupThousands(hidden)} more ${hidden === 1 ? 'group' : 'groups'}`;
}

/** What the bars of the distributions mean. */
export function scaleText({ low, high }: LogScale): string {
  const [from, to] = [low, high].map((end) => formatDuration(end, { unicode: true, trimZeros: true }));
  return `${sparkBars} ${from} … ${to}, logarithmic`;
}
