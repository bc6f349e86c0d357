import { distinctNames, namesOf, recordOf } from './columns.ts';
import type { ColumnName, Columns } from './columns.ts';
import type { Schema } from './schema.ts';

/** `S` without the columns `K`. */
export type Without<S extends Schema, K> = { readonly [N in Exclude<keyof S, K>]: S[N] };

/** All columns but the named ones. Throws RttsharkError `usage` for a name that is unknown or given twice. */
export function drop<S extends Schema, K extends ColumnName<S>>(
  columns: Columns<S>,
  names: readonly K[],
): Columns<Without<S, K>> {
  const dropped = new Set<string>(distinctNames(columns, names));
  const kept = namesOf(columns).filter((name) => !dropped.has(name)) as Exclude<ColumnName<S>, K>[];
  return recordOf<Columns<Without<S, K>>>(kept, (name) => columns[name]);
}
