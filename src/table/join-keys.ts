import { RttsharkError } from '../errors.ts';
import { named } from './columns.ts';
import type { ColumnName, Columns } from './columns.ts';
import type { Schema } from './schema.ts';

/**
 * What rows are joined by: a column that both tables have, a list of such columns, or the names of columns of this
 * table to those of the other: `'tcp.stream'`, `['src', 'dst']`, `{ src: 'ip.src' }`.
 */
export type JoinKeys<S extends Schema, R extends Schema> =
  | (ColumnName<S> & ColumnName<R>)
  | readonly (ColumnName<S> & ColumnName<R>)[]
  | Readonly<Partial<Record<ColumnName<S>, ColumnName<R>>>>;

/** The columns of the other table that `O` joins by. */
export type RightKey<O> = O extends string
  ? O
  : O extends readonly (infer N)[]
    ? N
    : O extends Readonly<Record<string, unknown>>
      ? O[keyof O]
      : never;

/** A column of the left table and the one of the right table that it must equal. */
export type KeyPair = readonly [left: string, right: string];

/** The pairs of keys; throws RttsharkError `usage` for none, for unknown names and for types that differ. */
export function joinKeys(
  left: Columns<Schema>,
  right: Columns<Schema>,
  keys: JoinKeys<Schema, Schema>,
): readonly KeyPair[] {
  const pairs = pairsOf(keys);
  if (pairs.length === 0) throw new RttsharkError('usage', 'A join needs a column to join by.');
  for (const [leftName, rightName] of pairs) {
    const leftType = named(left, leftName).type;
    const rightType = named(right, rightName).type;
    if (leftType !== rightType) {
      throw new RttsharkError(
        'usage',
        `Column "${leftName}" of type "${leftType}" cannot be joined with "${rightName}" of type "${rightType}".`,
      );
    }
  }
  return pairs;
}

function pairsOf(keys: JoinKeys<Schema, Schema>): readonly KeyPair[] {
  if (typeof keys === 'string') return [[keys, keys]];
  if (isList(keys)) return keys.map((key) => [key, key]);
  return Object.entries(keys).flatMap(([left, right]): KeyPair[] =>
    right === undefined ? [] : [[left, right]],
  );
}

function isList(keys: JoinKeys<Schema, Schema>): keys is readonly string[] {
  return Array.isArray(keys);
}
