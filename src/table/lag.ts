import { RttsharkError } from '../errors.ts';
import { sameType } from './result-types.ts';
import type { WindowFunction } from './window-function.ts';

/** The value some rows before, 1 by default; null where there is no such row, or its value is null. */
export function lag<const C extends string>(column: C, rows = 1): WindowFunction<C, typeof sameType> {
  return shifted('lag', column, checkShift(rows));
}

/** The value some rows behind, 1 by default; null where there is no such row, or its value is null. */
export function lead<const C extends string>(column: C, rows = 1): WindowFunction<C, typeof sameType> {
  return shifted('lead', column, -checkShift(rows));
}

function shifted<const C extends string>(
  name: string,
  column: C,
  shift: number,
): WindowFunction<C, typeof sameType> {
  return {
    name,
    column,
    result: sameType,
    *of({ values }) {
      for (let row = 0; row < values.length; row++) {
        const from = row - shift;
        yield from < 0 || from >= values.length ? null : values.get(from);
      }
    },
  };
}

function checkShift(rows: number): number {
  if (Number.isSafeInteger(rows) && rows >= 0) return rows;
  throw new RttsharkError('usage', `lag and lead go a whole number of rows from 0 on, not ${rows}.`);
}
