import { Chalk, type ChalkInstance } from 'chalk';
import { formatDuration } from '../measure/duration.ts';
import type { Group, MeasurementResult } from '../measure/statistics.ts';
import type { AnalysisInput } from './analysis-document.ts';
import { padEnd, padStart, shortenEnd } from './display-width.ts';
import { groupThousands } from './figure-cells.ts';
import { columnGap, fitColumns, widthOf } from './fit-columns.ts';
import { logScale, sparkBars, type LogScale } from './sparkline.ts';
import { tableColumns, type TableColumn } from './table-columns.ts';
import { titleText } from './table-title.ts';

export interface TableOptions {
  /** Columns of the terminal. Undefined or zero: nothing is left out or shortened. */
  readonly width: number | undefined;
  readonly colour: boolean;
  /** Whether `µ`, `…` and bars can be shown. */
  readonly unicode: boolean;
  /** How many groups to show; undefined: all. */
  readonly top: number | undefined;
  readonly inputs: readonly AnalysisInput[];
  readonly tsharkVersion: string;
  /** What is measured, in some words; the name of tshark's field by default. */
  readonly description?: string;
}

/** A p99 this many times the median is worth a look. */
const slowTailFactor = 10;

/**
 * A measurement as a table to be looked at: a title, a line for each group, largest first, a line of totals, and
 * the scale of the distributions. No line is wider than the terminal.
 *
 * @returns lines that each end in a newline; a single one where there are no samples
 */
export function renderAnalysis(result: MeasurementResult, options: TableOptions): string {
  const { unicode, top } = options;
  const width = options.width === 0 ? undefined : options.width;
  const chalk = new Chalk({ level: options.colour ? 1 : 0 });
  const fit = (line: string) => (width === undefined ? line : shortenEnd(line, width, unicode));
  const { name, field, total } = result;
  const about = { ...options, name, description: options.description ?? field };
  if (total.count === 0)
    return `${fit(titleText({ ...about, description: 'no samples' }, width, unicode))}\n`;

  const groups = result.labelNames.length === 0 ? [] : result.groups;
  const shown = groups.slice(0, top);
  const hidden = groups.length - shown.length;
  const scale = unicode ? logScale(result.distribution) : undefined;
  const columns = fitColumns(tableColumns(shown, result, { unicode, scale }), width, unicode);
  const showsScale = scale !== undefined && columns.some(({ kind }) => kind === 'distribution');
  const title = titleText(about, width, unicode);
  return [
    title.startsWith(name) ? chalk.bold(name) + chalk.dim(title.slice(name.length)) : title,
    '',
    chalk.dim(tableLine(columns, ({ header }) => header)),
    ...shown.map((group, at) => tableLine(columns, ({ cells }) => cells[at], slowTail(group, chalk))),
    ...(hidden === 0 ? [] : [chalk.dim(fit(moreGroups(hidden, unicode)))]),
    ...(groups.length === 0 ? [] : [chalk.dim((unicode ? '─' : '-').repeat(widthOf(columns)))]),
    chalk.bold(tableLine(columns, ({ cells }) => cells.at(-1))),
    ...(showsScale ? [chalk.dim(scaleText(scale))] : []),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

type CellStyle = (text: string, column: TableColumn) => string;

function tableLine(
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

function slowTail({ statistics: { p50, p99 } }: Group, chalk: ChalkInstance): CellStyle {
  const isSlow = p50 !== null && p99 !== null && p99 >= p50 * slowTailFactor;
  return (text, { kind }) => (isSlow && kind === 'p99' ? chalk.yellow(text) : text);
}

function moreGroups(hidden: number, unicode: boolean): string {
  return `${unicode ? '…' : '...'} and ${groupThousands(hidden)} more ${hidden === 1 ? 'group' : 'groups'}`;
}

function scaleText({ low, high }: LogScale): string {
  const [from, to] = [low, high].map((end) => formatDuration(end, { unicode: true, trimZeros: true }));
  return `${sparkBars} ${from} … ${to}, logarithmic`;
}
