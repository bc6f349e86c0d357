import { RttsharkError } from '../errors.ts';
import { columnOf } from './column-builder.ts';
import type { Column } from './column.ts';
import { commonLength, distinctNames, namesOf } from './columns.ts';
import type { ColumnName, Columns } from './columns.ts';
import { concatColumns } from './concat.ts';
import type { Schema } from './schema.ts';
import { takeFrom } from './take.ts';

export interface LongerOptions<K extends string, N extends string, V extends string> {
  /** The columns to put below each other, of one type. */
  readonly columns: readonly [K, ...K[]];
  /** What the column is called that says which of them a value is from; `name` by default. */
  readonly names?: N;
  /** What the column of values is called; `value` by default. */
  readonly values?: V;
}

/** `S` without the columns `K`, then a text column `N` and a column `V` of their type. */
export type Longer<S extends Schema, K extends ColumnName<S>, N extends string, V extends string> = {
  readonly [C in Exclude<keyof S, K> | N | V]: C extends N ? 'text' : C extends V ? S[K] : S[C & keyof S];
};

/**
 * Columns put below each other: all rows with the first column's values, then all with the second's, and so on.
 *
 * Throws RttsharkError `usage` for columns of different types, and where a new column has the name of another.
 */
export function pivotLonger<S extends Schema, K extends ColumnName<S>, N extends string, V extends string>(
  columns: Columns<S>,
  options: LongerOptions<K, N, V>,
): Columns<Longer<S, K, N, V>> {
  const { names = 'name', values = 'value' } = options;
  const [first, ...others] = distinctNames(columns, options.columns);
  if (first === undefined) throw new RttsharkError('usage', 'pivotLonger needs the name of a column.');
  const { type } = columns[first];
  for (const name of others) {
    if (columns[name].type === type) continue;
    throw new RttsharkError(
      'usage',
      `Columns "${first}" and "${name}" are of types "${type}" and "${columns[name].type}" and cannot become one.`,
    );
  }
  const pivoted = new Set<string>(options.columns);
  const kept = namesOf(columns).filter((name) => !pivoted.has(name));
  for (const [name, other] of [
    [names, values],
    [values, names],
  ]) {
    if (name !== undefined && (name === other || kept.some((known) => known === name))) {
      throw new RttsharkError('usage', `Two columns would be called "${name}".`);
    }
  }
  const rowCount = commonLength(columns);
  const times = options.columns.length;
  const rows = Uint32Array.from({ length: rowCount * times }, (_, at) => at % rowCount);
  const nameAt = Uint32Array.from({ length: rowCount * times }, (_, at) => Math.floor(at / rowCount));
  return Object.fromEntries([
    ...kept.map((name): [string, Column] => [name, takeFrom(columns[name], rows)]),
    [names, takeFrom(columnOf('text', options.columns), nameAt)],
    [
      values,
      concatColumns<S[K]>(
        type,
        options.columns.map((name) => columns[name]),
      ),
    ],
  ]) as Columns<Longer<S, K, N, V>>;
}
