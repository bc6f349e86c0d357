import type { ColumnName } from './columns.ts';
import type { Aggregated, Aggregates } from './group-by.ts';
import type { Schema } from './schema.ts';
import type { Table } from './table.ts';

export interface GroupedTable<S extends Schema, K extends ColumnName<S>> {
  /**
   * One row a group, in order of first appearance: the keys, then a column for each aggregate.
   *
   * Throws RttsharkError `usage` for an aggregate with the name of a key, or that cannot read its column.
   */
  aggregate<A extends Aggregates<S>>(aggregates: A): Table<Aggregated<S, K, A>>;
}
