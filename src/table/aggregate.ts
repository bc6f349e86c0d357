import type { Column } from './column.ts';
import type { ColumnType, ValueOf } from './schema.ts';
import type { Fold } from './sliding-fold.ts';

/** The type of an aggregate's result: always the same, or by the type of the column; types not listed are refused. */
export type ResultType = ColumnType | Readonly<Partial<Record<ColumnType, ColumnType>>>;

/**
 * How the values of a group become one value.
 *
 * Those below are made of such objects, and so is your own:
 *
 * ```ts
 * const range = {
 *   name: 'range',
 *   column: 'rtt',
 *   result: { float64: 'float64' },
 *   sorted: true,
 *   of: ({ values }: Column<'float64'>) => (values.at(-1) ?? 0) - (values.at(0) ?? 0),
 * } as const;
 * table.groupBy('src').aggregate({ range });
 * ```
 */
export interface Aggregate<
  C extends string | undefined = string | undefined,
  R extends ResultType = ResultType,
> {
  /** What errors call it. */
  readonly name: string;
  /** The column to read; undefined for the row numbers, as `uint32`. */
  readonly column: C;
  readonly result: R;
  /** True to be given the values in ascending order (NaN last) rather than in that of the rows; text is refused. */
  readonly sorted?: boolean;
  /** How `rolling` computes it for 32-bit integers and floats, where that is faster than `of` for every window. */
  readonly fold?: Fold;
  /**
   * The result for one group, null where there is none.
   *
   * @param values - the values of the group without its nulls, possibly none; keeping it keeps those of all groups in memory
   */
  of(values: Column): ValueOf<ColumnType> | null;
}
