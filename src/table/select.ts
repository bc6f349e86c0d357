import { distinctNames, recordOf } from './columns.ts';
import type { ColumnName, Columns } from './columns.ts';
import type { Schema } from './schema.ts';

/** The named columns, in the order given. Throws RttsharkError `usage` for a name that is unknown or given twice. */
export function select<S extends Schema, K extends ColumnName<S>>(
  columns: Columns<S>,
  names: readonly K[],
): Columns<Pick<S, K>> {
  return recordOf<Columns<Pick<S, K>>>(distinctNames(columns, names), (name) => columns[name]);
}
