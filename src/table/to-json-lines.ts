import type { Column } from './column.ts';
import { commonLength } from './columns.ts';
import type { Columns } from './columns.ts';
import { isListColumn } from './flatten-list.ts';
import type { Schema } from './schema.ts';
import { formatEpochSeconds } from './time.ts';
import { listTexts, valueTexts } from './value-texts.ts';
import type { FormatTime, TextAt } from './value-texts.ts';

export interface JsonLinesOptions {
  /** Text of a time in nanoseconds since the Unix epoch; decimal seconds with nine digits by default, exact. */
  readonly formatTime?: FormatTime;
}

const chunkLength = 65_536;

/**
 * The table as JSON lines, in pieces of some 64 Ki characters that end with a line.
 *
 * An object a row, with every column. Integers of 64 bits are numbers with all of their digits; times are strings; so
 * are durations (decimal seconds with nine digits, exact), bytes (hex digits), and `NaN`, `Infinity` and `-Infinity`,
 * which JSON has no numbers for. Lists are arrays. The same table gives the same text.
 */
export function* jsonLineChunks(
  columns: Columns<Schema>,
  { formatTime = formatEpochSeconds }: JsonLinesOptions = {},
): Generator<string, void, undefined> {
  const cells = Object.entries(columns).map(([name, column]) => {
    const key = `${JSON.stringify(name)}:`;
    const valueAt = valuesOf(column, formatTime);
    return (row: number): string => key + valueAt(row);
  });
  const rowCount = commonLength(columns);
  let chunk = '';
  for (let row = 0; row < rowCount; row++) {
    chunk += `{${cells.map((cell) => cell(row)).join(',')}}\n`;
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/** The same as `jsonLineChunks`, in one string. */
export function toJsonLines(columns: Columns<Schema>, options: JsonLinesOptions = {}): string {
  return Array.from(jsonLineChunks(columns, options)).join('');
}

/** Whether JSON has no number for it. */
function isNoNumber(value: number | bigint | undefined): boolean {
  return typeof value === 'number' && !Number.isFinite(value);
}

function valuesOf(column: Column, formatTime: FormatTime): TextAt {
  if (isListColumn(column)) {
    const textAt = listTexts(column, ',', (elements) => valuesOf(elements, formatTime));
    return (row) => (column.isNull(row) ? 'null' : `[${textAt(row)}]`);
  }
  const { codes, dictionary, type } = column;
  if (codes !== undefined) {
    const texts = dictionary.map((text) => JSON.stringify(text));
    return (row) => (column.isNull(row) ? 'null' : (texts[codes[row] ?? 0] ?? 'null'));
  }
  const textAt = valueTexts(column, formatTime);
  if (type === 'time') return (row) => (column.isNull(row) ? 'null' : JSON.stringify(textAt(row)));
  const isQuoted =
    type === 'duration' ? (): boolean => true : (row: number) => isNoNumber(column.values[row]);
  return (row) => {
    if (column.isNull(row)) return 'null';
    return isQuoted(row) ? `"${textAt(row)}"` : textAt(row);
  };
}
