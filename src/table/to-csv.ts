import { RttsharkError } from '../errors.ts';
import type { Column } from './column.ts';
import { commonLength } from './columns.ts';
import type { Columns } from './columns.ts';
import { isListColumn } from './flatten-list.ts';
import type { Schema } from './schema.ts';
import { formatEpochSeconds } from './time.ts';
import { valueTexts } from './value-texts.ts';
import type { FormatTime } from './value-texts.ts';

export interface CsvOptions {
  /** One character between fields, `,` by default; not a quote and not a line end. */
  readonly delimiter?: string;
  /** Whether the column names come first; true by default. */
  readonly header?: boolean;
  /** What ends each line, the last one too: `\r\n`, as RFC 4180 has it, by default. */
  readonly lineEnd?: '\r\n' | '\n';
  /** Text of a time in nanoseconds since the Unix epoch; decimal seconds with nine digits by default, exact. */
  readonly formatTime?: FormatTime;
}

const chunkLength = 65_536;

/**
 * The table as CSV by RFC 4180, in pieces of some 64 Ki characters that end with a line.
 *
 * Null is an empty field and empty text is `""`. Other fields are quoted where they need it: those that hold the
 * delimiter, a quote or a line end. Floats are in JavaScript's shortest form that reads back as the same number
 * (`NaN`, `Infinity`, `-0` included), booleans `true` and `false`, durations decimal seconds with nine digits, bytes hex
 * digits, lists their values with commas between (an empty one is `""`). The same table gives the same text.
 *
 * Throws RttsharkError `usage`, once the first piece is asked for, where the delimiter cannot be one.
 */
export function* csvChunks(
  columns: Columns<Schema>,
  options: CsvOptions = {},
): Generator<string, void, undefined> {
  const { delimiter = ',', header = true, lineEnd = '\r\n', formatTime = formatEpochSeconds } = options;
  checkDelimiter(delimiter);
  const quote = quoting(delimiter);
  const cells = Object.values(columns).map((column) => cellsOf(column, quote, { delimiter, formatTime }));
  let chunk = header ? Object.keys(columns).map(quote).join(delimiter) + lineEnd : '';
  const rowCount = commonLength(columns);
  for (let row = 0; row < rowCount; row++) {
    chunk += cells.map((cell) => cell(row)).join(delimiter) + lineEnd;
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/** The same as `csvChunks`, in one string. */
export function toCsv(columns: Columns<Schema>, options: CsvOptions = {}): string {
  return Array.from(csvChunks(columns, options)).join('');
}

/** Throws RttsharkError `usage` where no CSV can have this between its fields. */
export function checkDelimiter(delimiter: string): void {
  if (delimiter.length === 1 && !'"\r\n'.includes(delimiter)) return;
  throw new RttsharkError('usage', `${JSON.stringify(delimiter)} cannot be the delimiter of CSV.`);
}

type Quote = (field: string) => string;

function quoting(delimiter: string): Quote {
  const special = ['"', '\r', '\n', delimiter];
  return (field) =>
    field === '' || special.some((character) => field.includes(character))
      ? `"${field.replaceAll('"', '""')}"`
      : field;
}

/** Every character that a number, a boolean or a duration may be written with. */
const plain = /[-+.0-9a-zA-Z]/;

function cellsOf(
  column: Column,
  quote: Quote,
  { delimiter, formatTime }: Pick<Required<CsvOptions>, 'delimiter' | 'formatTime'>,
): (row: number) => string {
  const { codes, dictionary } = column;
  if (codes !== undefined) {
    const quoted = dictionary.map(quote);
    return (row) => (column.isNull(row) ? '' : (quoted[codes[row] ?? 0] ?? ''));
  }
  const needsQuotes = column.type === 'time' || isListColumn(column) || plain.test(delimiter);
  const textAt = valueTexts(column, formatTime);
  if (needsQuotes) return (row) => (column.isNull(row) ? '' : quote(textAt(row)));
  return (row) => (column.isNull(row) ? '' : textAt(row));
}
