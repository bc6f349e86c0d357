import { commonLength } from './columns.ts';
import type { Columns } from './columns.ts';
import { rowCursor } from './row-cursor.ts';
import type { RowOf, Schema } from './schema.ts';
import { take } from './take.ts';

/** @param row - valid during the call only; `{ ...row }` is a copy that stays */
export type Predicate<S extends Schema> = (row: RowOf<S>, index: number) => boolean;

/** The rows that the predicate is true for, in their order. */
export function filter<S extends Schema>(columns: Columns<S>, predicate: Predicate<S>): Columns<S> {
  const rowCount = commonLength(columns);
  const { row, moveTo } = rowCursor(columns);
  const kept = new Uint32Array(rowCount);
  let count = 0;
  for (let index = 0; index < rowCount; index++) {
    moveTo(index);
    if (predicate(row, index)) kept[count++] = index;
  }
  return take(columns, kept.subarray(0, count));
}
