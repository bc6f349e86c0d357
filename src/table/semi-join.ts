import type { Columns } from './columns.ts';
import { joinKeys } from './join-keys.ts';
import type { JoinKeys } from './join-keys.ts';
import { matchRows } from './match-rows.ts';
import type { Schema } from './schema.ts';
import { take } from './take.ts';

/**
 * The left rows that have a match in the right table, each once, or those that have none; a row with a null among its
 * keys has none. Throws RttsharkError `usage` for unknown keys and for keys of different types.
 */
export function semiJoin<S extends Schema, R extends Schema>(
  left: Columns<S>,
  right: Columns<R>,
  keys: JoinKeys<S, R>,
  { matched }: { readonly matched: boolean },
): Columns<S> {
  const pairs = joinKeys(left, right, keys);
  const { leftCount, starts, ends } = matchRows(left, right, pairs);
  const rows = new Uint32Array(leftCount);
  let length = 0;
  for (let row = 0; row < leftCount; row++) {
    if ((starts[row] !== ends[row]) === matched) rows[length++] = row;
  }
  return take(left, rows.subarray(0, length));
}
