import type { Column } from '../table/column.ts';
import type { ColumnType } from '../table/schema.ts';
import type { MutableValues, Validity, Values } from '../table/storage-kind.ts';

/** Rows of a column, from `start` to before `end`, without a copy: to be forgotten before the column is. */
export function rowRange<T extends ColumnType>(column: Column<T>, start: number, end: number): Column<T> {
  if (start === 0 && end === column.length) return column;
  const { values, validity } = column;
  return column.with(
    (values as MutableValues<T>).subarray(start, end) as unknown as Values<T>,
    validity && ((validity as Uint8Array).subarray(start, end) as Validity),
  );
}
