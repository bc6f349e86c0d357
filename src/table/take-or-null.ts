import type { Column } from './column.ts';
import { namesOf, recordOf } from './columns.ts';
import type { Columns } from './columns.ts';
import type { ColumnType, Schema } from './schema.ts';
import { storageOf } from './storage.ts';
import type { Codes } from './storage-kind.ts';

/** Stands for "no row": what takes rows gives nulls for it. No table has so many rows. */
export const noRow = 0xffff_ffff;

/** The given rows, in that order, `noRow` as a row of nulls. All others must exist. */
export function takeOrNull<S extends Schema>(columns: Columns<S>, rows: Codes): Columns<S> {
  return recordOf<Columns<S>>(namesOf(columns), (name) => takeFromOrNull(columns[name], rows));
}

export function takeFromOrNull<T extends ColumnType>(column: Column<T>, rows: Codes): Column<T> {
  const { type, values } = column;
  const validity = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? noRow;
    validity[i] = row === noRow || column.isNull(row) ? 0 : 1;
  }
  return column.with(storageOf[type].gather(values, rows), validity);
}
