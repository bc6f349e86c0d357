import { RttsharkError } from '../errors.ts';
import type { Aggregate, ResultType } from './aggregate.ts';
import { ColumnBuilder } from './column-builder.ts';
import { isListType } from './column-types.ts';
import { Column } from './column.ts';
import { commonLength, distinctNames, named } from './columns.ts';
import type { ColumnName, Columns } from './columns.ts';
import { groupRows } from './group-rows.ts';
import { GroupedValues } from './grouped-values.ts';
import { rowNumbers } from './row-numbers.ts';
import type { ColumnType, Schema } from './schema.ts';
import { takeFrom } from './take.ts';

/** Aggregates by the name of the column that each fills. */
export type Aggregates<S extends Schema> = Readonly<Record<string, Aggregate<ColumnName<S> | undefined>>>;

/** The column type that an aggregate, or a window function, gives when it reads a table of schema `S`. */
export type ResultOf<S extends Schema, A> = A extends {
  readonly column: infer C;
  readonly result: infer R extends ResultType;
}
  ? Extract<R extends ColumnType ? R : R[S[C & keyof S] & keyof R], ColumnType>
  : never;

/** The key columns `K` of `S`, then one for each aggregate of `A`. */
export type Aggregated<S extends Schema, K extends ColumnName<S>, A> = {
  readonly [N in K | keyof A]: N extends keyof A ? ResultOf<S, A[N]> : N extends K ? S[N] : never;
};

/**
 * One row for each distinct combination of keys, in order of first appearance: the keys, then the aggregates.
 *
 * Null is a key of its own; so is NaN. With no keys there is one row, for the whole table. Throws RttsharkError
 * `usage` for unknown columns, for an aggregate with the name of a key, and for one that cannot read its column.
 */
export function aggregateGroups<S extends Schema, K extends ColumnName<S>, A extends Aggregates<S>>(
  columns: Columns<S>,
  keys: readonly K[],
  aggregates: A,
): Columns<Aggregated<S, K, A>> {
  const keyColumns = distinctNames(columns, keys).map((key): Column => columns[key]);
  const clash = keys.find((key) => Object.hasOwn(aggregates, key));
  if (clash !== undefined) throw new RttsharkError('usage', `"${clash}" is both a key and an aggregate.`);

  const rowCount = commonLength(columns);
  const grouping = groupRows(keyColumns, rowCount);
  const rows = new Column({ type: 'uint32', values: rowNumbers(rowCount) });
  const sources = new Map<string, GroupedValues<ColumnType>>();
  const runs = Object.entries(aggregates).map(([name, aggregate]) => {
    const { column: read, sorted = false } = aggregate;
    const column: Column = read === undefined ? rows : named(columns, read);
    const builder = new ColumnBuilder(resultType(aggregate, column.type), name);
    const key = read === undefined ? 'rows' : `${sorted}: ${read}`;
    const source = sources.get(key) ?? new GroupedValues(column, grouping, sorted);
    sources.set(key, source);
    return { name, aggregate, builder, source };
  });
  // Group by group, not aggregate by aggregate: the views of a group are made once for all that read them.
  for (let group = 0; group < grouping.groupCount; group++) {
    for (const { aggregate, builder, source } of runs) builder.append(aggregate.of(source.of(group)));
  }
  const keysOfGroups = keys.map((key): [string, Column] => [key, takeFrom(columns[key], grouping.firstRows)]);
  const results = runs.map(({ name, builder }): [string, Column] => [name, builder.finish()]);
  return Object.fromEntries([...keysOfGroups, ...results]) as Columns<Aggregated<S, K, A>>;
}

function isCoded(type: ColumnType): boolean {
  return type === 'text' || type === 'bytes' || isListType(type);
}

/** The type of the result for a column of that type; throws RttsharkError `usage` for a column that it cannot read. */
export function resultType(
  { name, column, result, sorted = false }: Omit<Aggregate, 'of'>,
  type: ColumnType,
): ColumnType {
  const refuse = (why: string): RttsharkError =>
    new RttsharkError(
      'usage',
      `The aggregate "${name}" cannot read column "${column ?? ''}" of type "${type}"; it takes ${why}.`,
    );
  if (sorted && isCoded(type)) throw refuse(`sorted values, and ${type} cannot be sorted for it`);
  if (typeof result === 'string') return result;
  const found = result[type];
  if (found === undefined) throw refuse(Object.keys(result).join(', '));
  return found;
}
