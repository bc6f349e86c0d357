import { RttsharkError } from '../errors.ts';
import { ColumnBuilder } from './column-builder.ts';
import { Column } from './column.ts';
import { commonLength, distinctNames, named, namesOf } from './columns.ts';
import type { ColumnName, Columns } from './columns.ts';
import type { Derived } from './derive.ts';
import { resultType } from './group-by.ts';
import type { ResultOf } from './group-by.ts';
import { groupRows } from './group-rows.ts';
import { orderedRows } from './order-by.ts';
import type { SortKey } from './order-by.ts';
import { rowNumbers } from './row-numbers.ts';
import type { ColumnType, Schema } from './schema.ts';
import type { Codes } from './storage-kind.ts';
import { takeFrom } from './take.ts';
import type { WindowFunction } from './window-function.ts';

/** Window functions by the name of the column that each fills. */
export type WindowFunctions<S extends Schema> = Readonly<
  Record<string, WindowFunction<ColumnName<S> | undefined>>
>;

export interface WindowOptions<S extends Schema> {
  /** Rows of different values in these columns do not see each other; by default all rows see each other. */
  readonly partitionBy?: readonly ColumnName<S>[];
  /** The order in which the functions see the rows; that of the table by default. */
  readonly orderBy?: readonly SortKey<ColumnName<S>>[];
}

/** `S` with a column for each function of `W`: new ones at the end, those of the same name in the place of the old. */
export type Windowed<S extends Schema, W> = Derived<S, { readonly [N in keyof W]: ResultOf<S, W[N]> }>;

/**
 * Computes columns from the rows around each row. The rows stay in the order of the table.
 *
 * Throws RttsharkError `usage` for unknown columns, and for a function that cannot read its column.
 */
export function window<S extends Schema, W extends WindowFunctions<S>>(
  columns: Columns<S>,
  functions: W,
  { partitionBy = [], orderBy = [] }: WindowOptions<S>,
): Columns<Windowed<S, W>> {
  const rowCount = commonLength(columns);
  const order = orderedRows(columns, orderBy);
  const keys = distinctNames(columns, partitionBy).map((key) => takeFrom<ColumnType>(columns[key], order));
  const { rows, offsets } = groupRows(keys, rowCount);
  const visited = Uint32Array.from(rows, (row) => order[row] ?? 0);
  const places = new Uint32Array(rowCount);
  for (const [place, row] of visited.entries()) places[row] = place;

  const partitionCount = offsets.length - 1;
  const rowsOf = (partition: number): Codes => visited.subarray(offsets[partition], offsets[partition + 1]);

  const results = namesOf(functions).map((name): [string, Column] => {
    const { column: read, time } = functions[name] as WindowFunction;
    const column: Column =
      read === undefined ? numbered(rowCount) : named<Columns<Schema>, string>(columns, read);
    const timeColumn = time === undefined ? undefined : timesOf(columns, time);
    const builder = new ColumnBuilder(
      resultType(functions[name] as WindowFunction, column.type),
      name,
      rowCount,
    );
    for (let partition = 0; partition < partitionCount; partition++) {
      const rowsOfPartition = rowsOf(partition);
      const values = takeFrom(column, rowsOfPartition);
      const times = timeColumn && takeFrom(timeColumn, rowsOfPartition);
      for (const result of functions[name]?.of({ values, times }) ?? []) builder.append(result);
    }
    return [name, takeFrom(builder.finish(), places)];
  });
  return { ...columns, ...Object.fromEntries(results) } as Columns<Windowed<S, W>>;
}

function timesOf(columns: Columns<Schema>, name: string): Column<'time'> {
  const column = named(columns, name);
  if (isTime(column)) return column;
  throw new RttsharkError('usage', `Column "${name}" is of type "${column.type}", and a window needs times.`);
}

function isTime(column: Column): column is Column<'time'> {
  return column.type === 'time';
}

function numbered(rowCount: number): Column<'uint32'> {
  return new Column({ type: 'uint32', values: rowNumbers(rowCount) });
}
