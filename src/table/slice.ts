import { commonLength } from './columns.ts';
import type { Columns } from './columns.ts';
import type { Schema } from './schema.ts';
import { take } from './take.ts';

/**
 * The rows from `start` up to, but without, `end`: as `Array.prototype.slice` counts, from the end where negative.
 */
export function slice<S extends Schema>(columns: Columns<S>, start: number, end?: number): Columns<S> {
  const rowCount = commonLength(columns);
  const [first, behind] = [bound(start, rowCount), bound(end ?? rowCount, rowCount)];
  return take(
    columns,
    Uint32Array.from({ length: Math.max(0, behind - first) }, (_, i) => first + i),
  );
}

function bound(index: number, rowCount: number): number {
  const whole = Math.trunc(index) || 0;
  return whole < 0 ? Math.max(0, rowCount + whole) : Math.min(whole, rowCount);
}
