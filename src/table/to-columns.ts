import { namesOf, recordOf } from './columns.ts';
import type { Columns } from './columns.ts';
import type { RowOf, Schema } from './schema.ts';

/** Each column as an array. */
export type ColumnArrays<S extends Schema> = { readonly [K in keyof S]: RowOf<S>[K][] };

/** New arrays of the values of each column, nulls included. */
export function toColumns<S extends Schema>(columns: Columns<S>): ColumnArrays<S> {
  return recordOf<ColumnArrays<S>>(namesOf(columns), (name) => columns[name].toArray());
}
