import type { Column } from './column.ts';
import { commonLength, named } from './columns.ts';
import type { ColumnName, Columns } from './columns.ts';
import { rowNumbers } from './row-numbers.ts';
import type { Schema } from './schema.ts';
import type { Validity } from './storage-kind.ts';
import { take } from './take.ts';

/** A column to order by, largest first. */
export interface Descending<K extends string> {
  readonly column: K;
  readonly descending: true;
}

/** A column to order by: by its name smallest first, by `desc(name)` largest first. */
export type SortKey<K extends string> = K | Descending<K>;

/** Orders by this column, largest first; nulls still come last. */
export function desc<const K extends string>(column: K): Descending<K> {
  return { column, descending: true };
}

type Rows = Uint32Array<ArrayBuffer>;

const digitBits = 16;
const digitCount = 1 << digitBits;

/**
 * The rows sorted by the first key, ties by the second, and so on; rows that tie in all keep their order.
 *
 * Numbers by size with NaN after all of them, −0 as 0; text by UTF-16 code units; false before true. Nulls come last,
 * also where a key is descending. Throws RttsharkError `usage` for an unknown column.
 *
 * Radix sort, least significant digit of the last key first: every pass is stable, and linear in the rows.
 */
export function orderBy<S extends Schema>(
  columns: Columns<S>,
  keys: readonly SortKey<ColumnName<S>>[],
): Columns<S> {
  return take(columns, orderedRows(columns, keys));
}

/** The numbers of the rows in the order that `orderBy` gives them. */
export function orderedRows<S extends Schema>(
  columns: Columns<S>,
  keys: readonly SortKey<ColumnName<S>>[],
): Rows {
  const order = keys.map((key) => (typeof key === 'string' ? { column: key, descending: false } : key));
  for (const { column } of order) named(columns, column);
  let rows = rowNumbers(commonLength(columns));
  for (const { column, descending } of order.reverse())
    rows = sortByColumn(rows, columns[column], descending);
  return rows;
}

function sortByColumn(rows: Rows, column: Column, descending: boolean): Rows {
  let sorted = rows;
  for (const words of column.sortWords()) {
    if (descending) for (let row = 0; row < words.length; row++) words[row] = ~(words[row] ?? 0);
    sorted = sortByDigit(sorted, words, 0);
    sorted = sortByDigit(sorted, words, digitBits);
  }
  return column.validity === undefined ? sorted : nullsLast(sorted, column.validity, column.nullCount);
}

function sortByDigit(rows: Rows, words: Uint32Array, shift: number): Rows {
  const starts = new Uint32Array(digitCount + 1);
  for (const word of words) {
    const next = ((word >>> shift) & (digitCount - 1)) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  if (starts.includes(rows.length)) return rows;
  for (let digit = 1; digit < digitCount; digit++) {
    starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0);
  }
  const sorted = new Uint32Array(rows.length);
  for (const row of rows) {
    const digit = ((words[row] ?? 0) >>> shift) & (digitCount - 1);
    const position = starts[digit] ?? 0;
    sorted[position] = row;
    starts[digit] = position + 1;
  }
  return sorted;
}

function nullsLast(rows: Rows, validity: Validity, nullCount: number): Rows {
  const sorted = new Uint32Array(rows.length);
  let valid = 0;
  let invalid = rows.length - nullCount;
  for (const row of rows) sorted[validity[row] === 0 ? invalid++ : valid++] = row;
  return sorted;
}
