import type { Column } from './column.ts';
import { namesOf, recordOf } from './columns.ts';
import type { Columns } from './columns.ts';
import type { ColumnType, Schema } from './schema.ts';
import { storageOf } from './storage.ts';
import type { Codes } from './storage-kind.ts';

/** The given rows, in that order; a row may be given more than once. The rows must exist. */
export function take<S extends Schema>(columns: Columns<S>, rows: Codes): Columns<S> {
  return recordOf<Columns<S>>(namesOf(columns), (name) => takeFrom(columns[name], rows));
}

export function takeFrom<T extends ColumnType>(column: Column<T>, rows: Codes): Column<T> {
  const { type, values, validity } = column;
  return column.with(
    storageOf[type].gather(values, rows),
    validity && storageOf.boolean.gather(validity, rows),
  );
}
