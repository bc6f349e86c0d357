import type { Column } from './column.ts';
import { commonLength, distinctNames, namesOf } from './columns.ts';
import type { ColumnName, Columns } from './columns.ts';
import { groupRows } from './group-rows.ts';
import type { Schema } from './schema.ts';
import { take } from './take.ts';

/**
 * The first row of each combination of keys, in order; keys are equal as in groups: null is one, NaN another.
 *
 * @param keys - all columns where none is named; RttsharkError `usage` for a name that is unknown or given twice
 */
export function distinct<S extends Schema>(columns: Columns<S>, keys: readonly ColumnName<S>[]): Columns<S> {
  const names = keys.length === 0 ? namesOf(columns) : distinctNames(columns, keys);
  if (names.length === 0) return columns;
  const keyColumns = names.map((name): Column => columns[name]);
  return take(columns, groupRows(keyColumns, commonLength(columns)).firstRows);
}
