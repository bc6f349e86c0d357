import type { Column } from './column.ts';
import { commonLength } from './columns.ts';
import { elementTypeOf, isListType } from './column-types.ts';
import type { Columns } from './columns.ts';
import { formatDuration } from './format-duration.ts';
import type { ColumnType, ScalarType, Schema, ValueOf } from './schema.ts';
import { checkRowCount } from './head.ts';
import { formatTimestamp } from './time.ts';

export interface FormatOptions {
  /** Characters that a line may have, 80 by default. */
  readonly width?: number;
  /** Rows to show, 10 by default; of more rows the first and the last are shown. */
  readonly rows?: number;
}

const gap = '  ';
const ellipsis = '…';
/** Longer values than this are cut, so that one of them does not push all other columns out. */
const mostInACell = 40;
const significantDigits = 6;

interface TextColumn {
  readonly lines: readonly string[];
  readonly width: number;
}

/**
 * The table as text that people read: names, types below them, then rows. Columns that do not fit are named below.
 *
 * Floats and durations have six significant digits, times are in UTC, bytes are hex digits, and characters that a terminal would obey are escaped. Widths
 * are counted in code points, so that lines with wide characters are longer.
 */
export function formatTable(
  columns: Columns<Schema>,
  { width = 80, rows: most = 10 }: FormatOptions = {},
): string {
  const rowCount = commonLength(columns);
  const shown = shownRows(rowCount, checkRowCount(most));
  const texts = Object.entries(columns).map(([name, column]) => textColumn(name, column, shown));
  const fitting = fittingCount(texts, width);
  const kept = texts.slice(0, fitting);
  const lineCount = texts[0]?.lines.length ?? 0;
  const lines = Array.from({ length: lineCount }, (_, at) =>
    kept
      .map(({ lines }) => lines[at] ?? '')
      .join(gap)
      .trimEnd(),
  );
  const hidden = Object.keys(columns).slice(fitting);
  const size = `${rowCount} ${rowCount === 1 ? 'row' : 'rows'}`;
  const more =
    hidden.length === 0 ? '' : `, ${hidden.length} more columns: ${hidden.map(printable).join(', ')}`;
  return [...lines, cut(size + more, Math.max(1, width))].join('\n');
}

/** Row numbers, null where rows are left out. */
function shownRows(rowCount: number, most: number): (number | null)[] {
  const all = Array.from({ length: Math.min(rowCount, most) }, (_, row) => row);
  if (rowCount <= most) return all;
  const head = Math.ceil(most / 2);
  return all.flatMap((row) => {
    const shown = row < head ? row : rowCount - most + row;
    return row === head ? [null, shown] : [shown];
  });
}

function textColumn(name: string, column: Column, rows: readonly (number | null)[]): TextColumn {
  const heading = [cut(printable(name), mostInACell), column.type];
  const cells = rows.map((row) => (row === null ? ellipsis : cut(cellText(column, row), mostInACell)));
  const width = Math.max(...[...heading, ...cells].map(lengthOf));
  const isText = column.type === 'text' || column.type === 'bytes' || isListType(column.type);
  const lines = [...heading, ...cells].map((text) => {
    const space = ' '.repeat(width - lengthOf(text));
    return isText ? text + space : space + text;
  });
  return { lines, width };
}

function fittingCount(columns: readonly TextColumn[], width: number): number {
  let used = -gap.length;
  const tooWide = columns.findIndex((column) => (used += gap.length + column.width) > width);
  return tooWide < 0 ? columns.length : tooWide;
}

const asText: Readonly<Partial<Record<ScalarType, (value: never) => string>>> = {
  float64: (value: number) => String(Number(value.toPrecision(significantDigits))),
  time: formatTimestamp,
  duration: formatDuration,
  text: printable,
  bytes: (value: Uint8Array) => Buffer.from(value.subarray(0, mostInACell)).toString('hex'),
};

function cellText(column: Column, row: number): string {
  const value = column.get(row);
  if (value === null) return 'null';
  if (!isListType(column.type)) return scalarText(column.type, value);
  const type = elementTypeOf(column.type);
  const elements = Array.from(value as readonly ValueOf<ScalarType>[]).slice(0, mostInACell);
  return `[${elements.map((element) => scalarText(type, element)).join(', ')}]`;
}

function scalarText(type: ScalarType, value: ValueOf<ColumnType>): string {
  return (asText[type] ?? String)(value as never);
}

function cut(text: string, width: number): string {
  if (lengthOf(text) <= width) return text;
  return (
    Array.from(text)
      .slice(0, width - 1)
      .join('') + ellipsis
  );
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}

/** Control characters, and those that turn the direction of writing, as `\u{1b}`. */
function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
