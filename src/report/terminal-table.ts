import { Chalk } from 'chalk';
import type { MeasurementResult } from '../measure/statistics.ts';
import type { AnalysisInput } from './analysis-document.ts';
import { shortenEnd } from './display-width.ts';
import { fitColumns, widthOf } from './fit-columns.ts';
import { logScale } from './sparkline.ts';
import { tableColumns } from './table-columns.ts';
import { moreGroups, scaleText, slowTail, tableLine } from './table-lines.ts';
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
    ...shown.map((group, at) =>
      tableLine(columns, ({ cells }) => cells[at], slowTail(group.statistics, options.colour)),
    ),
    ...(hidden === 0 ? [] : [chalk.dim(fit(moreGroups(hidden, unicode)))]),
    ...(groups.length === 0 ? [] : [chalk.dim((unicode ? '─' : '-').repeat(widthOf(columns)))]),
    chalk.bold(tableLine(columns, ({ cells }) => cells.at(-1))),
    ...(showsScale ? [chalk.dim(scaleText(scale))] : []),
  ]
    .map((line) => `${line}\n`)
    .join('');
}
