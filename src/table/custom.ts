import type { Aggregate } from './aggregate.ts';
import type { Column } from './column.ts';
import type { ColumnType, ValueOf } from './schema.ts';

export interface CustomAggregate<From extends ColumnType, To extends ColumnType> {
  /** What errors call it; `custom` by default. */
  readonly name?: string;
  /** The type of the column that it reads; a column of another type is refused. */
  readonly from: From;
  /** The type of its result. */
  readonly to: To;
  /** True to be given the values in ascending order; not for text. */
  readonly sorted?: boolean;
  /** The result for the values of one group that are not null, possibly none; null where there is none. */
  readonly of: (values: Column<From>) => ValueOf<To> | null;
}

/**
 * An aggregate of your own: a function from the values of a group to one value.
 *
 * ```ts
 * const range = custom('rtt', {
 *   from: 'float64',
 *   to: 'float64',
 *   sorted: true,
 *   of: ({ values }) => (values.at(-1) ?? 0) - (values.at(0) ?? 0),
 * });
 * ```
 */
export function custom<const C extends string, From extends ColumnType, To extends ColumnType>(
  column: C,
  { name = 'custom', from, to, sorted = false, of }: CustomAggregate<From, To>,
): Aggregate<C, Readonly<Record<From, To>>> {
  return { name, column, result: { [from]: to } as Record<From, To>, sorted, of };
}
