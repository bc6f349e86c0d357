import { Chalk } from 'chalk';
import type { CounterResult } from '../measure/counter-collector.ts';
import { shortenEnd } from './display-width.ts';
import { groupThousands } from './figure-cells.ts';
import { fitColumns, widthOf } from './fit-columns.ts';
import { column, labelColumns } from './table-column.ts';
import { moreGroups, tableLine } from './table-lines.ts';
import type { TableOptions } from './terminal-table.ts';

interface Row {
  readonly labels: Readonly<Record<string, string>>;
  readonly counts: Map<string, number>;
}

/**
 * What was counted as a table to be looked at: a line for each group with any such packet, most packets first, and one of
 * totals. Counters that stand at zero have no column.
 *
 * @returns lines that each end in a newline; a single one where nothing was counted
 */
export function renderCounters(
  counters: readonly CounterResult[],
  { unicode, top, colour, ...options }: Pick<TableOptions, 'unicode' | 'top' | 'colour' | 'width'>,
): string {
  const width = options.width === 0 ? undefined : options.width;
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  const counted = counters.filter(({ total }) => total > 0);
  const fit = (line: string) => (width === undefined ? line : shortenEnd(line, width, unicode));
  if (counted.length === 0) {
    const whole = 'packets none to be counted';
    if (fit(whole) !== whole) return `${chalk.bold(fit(whole))}\n`;
    return `${chalk.bold('packets')} ${chalk.dim('none to be counted')}\n`;
  }
  const labelNames = counters[0]?.labelNames ?? [];
  const rows = labelNames.length === 0 ? [] : rowsOf(counted);
  const shown = rows.slice(0, top);
  const hidden = rows.length - shown.length;
  const columns = fitColumns(
    [
      ...labelColumns(shown, labelNames, unicode),
      ...counted.map(({ name, total }) => {
        const counts = [...shown.map((row) => row.counts.get(name) ?? 0), total];
        return column('event', 'right', counts.map(groupThousands), headerOf(name));
      }),
    ],
    width,
    unicode,
  );
  return [
    chalk.bold(fit('packets')),
    '',
    chalk.dim(tableLine(columns, ({ header }) => header)),
    ...shown.map((_, at) => tableLine(columns, ({ cells }) => cells[at])),
    ...(hidden === 0 ? [] : [chalk.dim(fit(moreGroups(hidden, unicode)))]),
    ...(rows.length === 0 ? [] : [chalk.dim((unicode ? '─' : '-').repeat(widthOf(columns)))]),
    chalk.bold(tableLine(columns, ({ cells }) => cells.at(-1))),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** The groups of all counters, each once. */
function rowsOf(counters: readonly CounterResult[]): Row[] {
  const rows = new Map<string, Row>();
  for (const { name, groups } of counters) {
    for (const { labels, count } of groups) {
      const key = JSON.stringify(labels);
      const row = rows.get(key) ?? { labels, counts: new Map<string, number>() };
      rows.set(key, row);
      row.counts.set(name, count);
    }
  }
  const sumOf = ({ counts }: Row) => [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [...rows.values()].sort((a, b) => sumOf(b) - sumOf(a));
}

/** As in `fast retransmissions`. */
function headerOf(name: string): string {
  return name.replace(/^tcp_/, '').replaceAll('_', ' ');
}
