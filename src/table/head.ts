import { RttsharkError } from '../errors.ts';
import { commonLength } from './columns.ts';
import type { Columns } from './columns.ts';
import type { Schema } from './schema.ts';
import { slice } from './slice.ts';

/** How many rows `head` and `tail` give where nothing is said. */
export const defaultRowCount = 5;

/** The first rows, all of them where there are no more. Throws RttsharkError `usage` for no whole number from 0 on. */
export function head<S extends Schema>(columns: Columns<S>, rowCount = defaultRowCount): Columns<S> {
  return slice(columns, 0, checkRowCount(rowCount));
}

/** The last rows, as `head` gives the first. */
export function tail<S extends Schema>(columns: Columns<S>, rowCount = defaultRowCount): Columns<S> {
  return slice(columns, Math.max(0, commonLength(columns) - checkRowCount(rowCount)));
}

/** The number again; throws RttsharkError `usage` where no table has so many rows. */
export function checkRowCount(rowCount: number): number {
  if (Number.isSafeInteger(rowCount) && rowCount >= 0) return rowCount;
  throw new RttsharkError('usage', `A number of rows is a whole number from 0 on, not ${rowCount}.`);
}
