import { RttsharkError } from '../errors.ts';
import type { Column } from './column.ts';
import { namesOf } from './columns.ts';
import type { Columns } from './columns.ts';
import { joinKeys } from './join-keys.ts';
import type { JoinKeys, RightKey } from './join-keys.ts';
import { matchRows } from './match-rows.ts';
import type { RowMatches } from './match-rows.ts';
import type { Schema } from './schema.ts';
import { take } from './take.ts';
import { noRow, takeOrNull } from './take-or-null.ts';

export interface JoinOptions<X extends string = string> {
  /** What is put behind the name of a column of the other table that this one has too; `_right` by default. */
  readonly suffix?: X;
}

type RightName<S extends Schema, N, X extends string> = N extends keyof S & string ? `${N}${X}` : N;

type Unsuffixed<N, X extends string> = N extends `${infer B}${X}` ? B : never;

/** The columns of `S`, then those of `R` that are no keys, under other names where `S` has their names. */
export type Joined<S extends Schema, R extends Schema, O, X extends string> = {
  readonly [N in keyof S | RightName<S, Exclude<keyof R, RightKey<O>>, X>]: N extends keyof S
    ? S[N]
    : N extends keyof R
      ? R[N]
      : R[Unsuffixed<N, X> & keyof R];
};

/**
 * Each row of the left table with each row of the right one that has its keys, in the order of the left rows, then of
 * the right ones. Keys are equal as in groups (NaN equals NaN, −0 is 0), except that null equals nothing.
 *
 * Throws RttsharkError `usage` for unknown keys, for keys of different types, and where two columns of the result
 * would have one name in spite of the suffix.
 *
 * @param unmatched - `keep` for a left row without a match once, with nulls for the right columns
 */
export function join<
  S extends Schema,
  R extends Schema,
  const O extends JoinKeys<S, R>,
  X extends string = '_right',
>(
  left: Columns<S>,
  right: Columns<R>,
  keys: O,
  { unmatched, suffix = '_right' }: JoinOptions & { readonly unmatched: 'keep' | 'drop' },
): Columns<Joined<S, R, O, X>> {
  const pairs = joinKeys(left, right, keys);
  const matches = matchRows(left, right, pairs);
  const [leftRows, rightRows] = rowPairs(matches, unmatched === 'keep');
  const rightKeys = new Set(pairs.map(([, name]) => name));
  const added = namesOf(right).filter((name) => !rightKeys.has(name));
  const kept: Columns<Schema> = take(left, leftRows);
  const found: Columns<Schema> = (unmatched === 'keep' ? takeOrNull : take)(
    Object.fromEntries(added.map((name): [string, Column] => [name, right[name]])),
    rightRows,
  );
  const entries = Object.entries(kept);
  const names = new Set(Object.keys(kept));
  for (const [name, column] of Object.entries(found)) {
    const unique = Object.hasOwn(kept, name) ? `${name}${suffix}` : name;
    if (names.has(unique)) {
      throw new RttsharkError('usage', `Both tables of the join have a column "${unique}".`, {
        hint: 'Give another suffix, or rename the column before the join.',
      });
    }
    names.add(unique);
    entries.push([unique, column]);
  }
  return Object.fromEntries(entries) as Columns<Joined<S, R, O, X>>;
}

type Rows = Uint32Array<ArrayBuffer>;

function rowPairs(
  { leftCount, rightRows, starts, ends }: RowMatches,
  keepUnmatched: boolean,
): [left: Rows, right: Rows] {
  let length = 0;
  for (let row = 0; row < leftCount; row++) {
    const found = (ends[row] ?? 0) - (starts[row] ?? 0);
    length += found === 0 && keepUnmatched ? 1 : found;
  }
  const pairs: [Rows, Rows] = [new Uint32Array(length), new Uint32Array(length)];
  let at = 0;
  for (let row = 0; row < leftCount; row++) {
    const [start, end] = [starts[row] ?? 0, ends[row] ?? 0];
    if (start === end && keepUnmatched) {
      pairs[0][at] = row;
      pairs[1][at++] = noRow;
    }
    for (let i = start; i < end; i++) {
      pairs[0][at] = row;
      pairs[1][at++] = rightRows[i] ?? 0;
    }
  }
  return pairs;
}
