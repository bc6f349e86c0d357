import type { Aggregate } from './aggregate.ts';
import type { Column } from './column.ts';
import type { ColumnType, ValueOf } from './schema.ts';

/** What a window function is given: the rows of one partition, in its order. */
export interface Partition {
  /** The values of the column that it reads, nulls included. */
  readonly values: Column;
  /** The column that the function calls `time`, where it does. */
  readonly times: Column<'time'> | undefined;
}

/** What gives every row a value that depends on the rows around it. */
export interface WindowFunction<
  C extends string | undefined = string | undefined,
  R extends Aggregate['result'] = Aggregate['result'],
> {
  /** What errors call it. */
  readonly name: string;
  /** The column to read; undefined for the row numbers, as `uint32`. */
  readonly column: C;
  /** The type of the results, as for an `Aggregate`. */
  readonly result: R;
  /** True where it sorts the values of its column, which may not be text then. */
  readonly sorted?: boolean;
  /** A column of type `time` that it reads as well. */
  readonly time?: string | undefined;
  /** The results for the rows of one partition, in their order, one for each. */
  of(partition: Partition): Iterable<ValueOf<ColumnType> | null>;
}
