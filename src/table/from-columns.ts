import { columnOf } from './column-builder.ts';
import { named, namesOf, recordOf, unknownColumn } from './columns.ts';
import type { Columns } from './columns.ts';
import type { RowOf, Schema } from './schema.ts';
import { Table } from './table.ts';

/** The values of each column, null where a row has none; a typed array will do for numbers. */
export type ColumnValues<S extends Schema> = { readonly [K in keyof S]: Iterable<RowOf<S>[K]> };

/**
 * A table of the given values, which are copied. Throws RttsharkError `usage` for values that do not fit their
 * column's type, for columns that differ in length, and for values of no column.
 */
export function fromColumns<const S extends Schema>(schema: S, values: ColumnValues<S>): Table<S> {
  const names = namesOf(schema);
  for (const name of namesOf(values)) if (!Object.hasOwn(schema, name)) throw unknownColumn(name, names);
  return new Table(
    recordOf<Columns<S>>(names, (name) => columnOf<S[typeof name]>(named(schema, name), values[name], name)),
  );
}
