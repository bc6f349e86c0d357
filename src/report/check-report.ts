import { Chalk } from 'chalk';
import type { Check } from '../measure/baseline.ts';
import { comparisonText, groupText, remarkText } from './check-text.ts';
import { displayWidth, padEnd, padStart } from './display-width.ts';
import { groupThousands } from './figure-cells.ts';
import { printable } from './printable.ts';

export interface CheckReportOptions {
  readonly colour: boolean;
  /** Whether `✔`, `≤` and `µ` can be shown. */
  readonly unicode: boolean;
}

/**
 * A line for each check, those that failed last, where the eye is, then a line that counts them.
 *
 * @returns lines that each end in a newline
 */
export function renderChecks(checks: readonly Check[], { colour, unicode }: CheckReportOptions): string {
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  const inOrder = [...checks.filter(({ passed }) => passed), ...checks.filter(({ passed }) => !passed)];
  const severalMeasurements = new Set(checks.map(({ measurement }) => measurement)).size > 1;
  const rows = inOrder.map((check) => [
    { text: severalMeasurements ? printable(check.measurement, unicode) : '', gap: 2 },
    { text: printable(groupText(check), unicode), gap: 2 },
    { text: check.statistic, gap: 2 },
    ...comparisonCells(check, unicode),
    { text: printable(remarkText(check, unicode), unicode), gap: 0 },
  ]);
  const texts = alignedRows(rows);
  const [pass, fail] = unicode ? ['✔', '✘'] : ['PASS', 'FAIL'];
  const lines = inOrder.map(({ passed }, at) => {
    const text = texts[at] ?? '';
    return passed ? `${chalk.green(pass)} ${text}` : `${chalk.red(fail)} ${chalk.bold(text)}`;
  });
  return [...lines, chalk.bold(summaryText(checks))].map((line) => `${line}\n`).join('');
}

/** `7 checks, 1 failed` */
export function summaryText(checks: readonly Check[]): string {
  const failed = checks.filter(({ passed }) => !passed).length;
  const all = `${groupThousands(checks.length)} ${checks.length === 1 ? 'check' : 'checks'}`;
  return `${all}, ${failed === 0 ? 'none' : groupThousands(failed)} failed`;
}

interface Cell {
  readonly text: string;
  /** Blanks between this column and the next. */
  readonly gap: number;
  readonly align?: 'right';
}

function comparisonCells(check: Check, unicode: boolean): Cell[] {
  const { actual, relation, limit } = comparisonText(check, unicode);
  return [
    { text: actual, gap: 1, align: 'right' },
    { text: relation, gap: 1 },
    { text: limit, gap: 2 },
  ];
}

/** Columns in which no row has anything take no room. */
function alignedRows(rows: readonly (readonly Cell[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) =>
    rows.reduce((widest, row) => Math.max(widest, displayWidth(row[at]?.text ?? '')), 0),
  );
  return rows.map((row) =>
    row
      .map(({ text, gap, align }, at) => {
        const width = widths[at] ?? 0;
        if (width === 0) return '';
        return (align === 'right' ? padStart : padEnd)(text, width) + ' '.repeat(gap);
      })
      .join('')
      .trimEnd(),
  );
}
