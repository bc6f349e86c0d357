import type { Column } from './column.ts';
import { commonLength, namesOf, recordOf } from './columns.ts';
import type { Columns } from './columns.ts';
import type { ColumnType, Schema } from './schema.ts';
import { storageOf } from './storage.ts';

/**
 * The rows from `start` up to, but without, `end`: as `Array.prototype.slice` counts, from the end where negative.
 */
export function slice<S extends Schema>(columns: Columns<S>, start: number, end?: number): Columns<S> {
  const rowCount = commonLength(columns);
  const [first, behind] = [bound(start, rowCount), bound(end ?? rowCount, rowCount)];
  return recordOf<Columns<S>>(namesOf(columns), (name) =>
    sliceOf(columns[name], first, Math.max(first, behind)),
  );
}

function sliceOf<T extends ColumnType>(column: Column<T>, start: number, end: number): Column<T> {
  const { type, values, validity } = column;
  return column.with(storageOf[type].copy(values, start, end), validity?.slice(start, end));
}

function bound(index: number, rowCount: number): number {
  const whole = Math.trunc(index) || 0;
  return whole < 0 ? Math.max(0, rowCount + whole) : Math.min(whole, rowCount);
}
