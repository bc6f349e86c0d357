import type { RowOf, Schema } from './schema.ts';
import { TableBuilder } from './table-builder.ts';
import type { Table } from './table.ts';

/**
 * A table of the given rows; a property that is missing or undefined is null.
 *
 * Throws RttsharkError `usage` for a property that is no column, and for a value that does not fit its column's type:
 * nothing is converted, so that '1' is no number and 1 is no 64-bit integer.
 */
export function fromRows<S extends Schema>(schema: S, rows: Iterable<Partial<RowOf<S>>>): Table<S> {
  const builder = new TableBuilder(schema);
  for (const row of rows) builder.appendRow(row);
  return builder.finish();
}
