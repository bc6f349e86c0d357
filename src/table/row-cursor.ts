import type { Column } from './column.ts';
import type { ColumnName, Columns } from './columns.ts';
import { namesOf } from './columns.ts';
import type { RowOf, Schema } from './schema.ts';

/** One object that shows one row of a table after the other. */
export interface RowCursor<S extends Schema> {
  /** Shows the row that the cursor was moved to last; spreading it (`{ ...row }`) gives a copy that stays. */
  readonly row: RowOf<S>;
  readonly moveTo: (index: number) => void;
}

/** A cursor on the first row. No value is read before it is asked for. */
export function rowCursor<S extends Schema>(columns: Columns<S>): RowCursor<S> {
  let current = 0;
  const getter = (name: ColumnName<S>): [string, PropertyDescriptor] => [
    name,
    { enumerable: true, get: readerOf(columns[name], () => current) },
  ];
  const row = Object.defineProperties({}, Object.fromEntries(namesOf(columns).map(getter))) as RowOf<S>;
  return {
    row,
    moveTo: (index) => {
      current = index;
    },
  };
}

/** Reads the row that the cursor is on. Numbers without nulls, which loops are mostly about, come right out of storage. */
function readerOf(column: Column, current: () => number): () => unknown {
  const { type, values, validity, codes, lists } = column;
  if (codes !== undefined || lists !== undefined || type === 'boolean') return () => column.get(current());
  if (validity === undefined) return () => values[current()] ?? column.get(current());
  return () => (validity[current()] === 0 ? null : (values[current()] ?? column.get(current())));
}
