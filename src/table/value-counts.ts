import { count } from './aggregates.ts';
import type { ColumnName, Columns } from './columns.ts';
import { aggregateGroups } from './group-by.ts';
import { desc, orderBy } from './order-by.ts';
import type { Schema } from './schema.ts';

/** The columns `K` of `S`, then how often each combination of their values occurs. */
export type Counted<S extends Schema, K extends ColumnName<S>> = {
  readonly [N in K | 'count']: N extends 'count' ? 'uint32' : N extends K ? S[N] : never;
};

/**
 * How often each combination of values occurs, most frequent first, ties in order of first appearance. Null counts as
 * a value. Throws RttsharkError `usage` for unknown names, one given twice, and a column called `count`.
 */
export function valueCounts<S extends Schema, K extends ColumnName<S>>(
  columns: Columns<S>,
  names: readonly K[],
): Columns<Counted<S, K>> {
  const counted: Columns<Schema> = aggregateGroups(columns, names, { count: count() });
  return orderBy(counted, [desc('count')]) as Columns<Counted<S, K>>;
}
