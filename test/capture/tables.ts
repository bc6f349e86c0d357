import type { RowOf, Schema } from '../../src/table/schema.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import type { Table } from '../../src/table/table.ts';

/** A table of rows that are written as lists, in the order of the columns. */
export function tableOf<S extends Schema>(schema: S, rows: readonly (readonly unknown[])[]): Table<S> {
  const names = Object.keys(schema);
  const objects = rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])));
  return fromRows(schema, objects as Partial<RowOf<S>>[]);
}

/** All chunks of a reading as one table. */
export function joined<S extends Schema>(schema: S, chunks: readonly Table<S>[]): Table<S> {
  return fromRows(schema, []).concat(...chunks);
}
