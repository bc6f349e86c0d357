import { RttsharkError } from '../errors.ts';
import { commonLength } from './columns.ts';
import type { Columns } from './columns.ts';
import { checkRowCount } from './head.ts';
import { randomNumbers } from './random-numbers.ts';
import type { Schema } from './schema.ts';
import { take } from './take.ts';

/** How many rows: a number of them, or a share of all from 0 to 1, rounded to whole rows. */
export type SampleSize =
  | { readonly rows: number; readonly fraction?: undefined }
  | { readonly rows?: undefined; readonly fraction: number };

export type SampleOptions = SampleSize & {
  /** A whole number; the same one gives the same rows. 0 by default. */
  readonly seed?: number;
};

/**
 * Some of the rows, drawn without replacement, each as likely as every other, in the order they have in the table.
 *
 * Throws RttsharkError `usage` for more rows than there are, for a fraction outside 0 to 1 and for a seed that is no
 * whole number.
 *
 * Selection sampling: D. E. Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S.
 */
export function sample<S extends Schema>(columns: Columns<S>, options: SampleOptions): Columns<S> {
  const { seed = 0 } = options;
  if (!Number.isSafeInteger(seed)) throw new RttsharkError('usage', `A seed is a whole number, not ${seed}.`);
  const rowCount = commonLength(columns);
  const wanted = rowsWanted(options, rowCount);
  const random = randomNumbers(seed);
  const rows = new Uint32Array(wanted);
  let drawn = 0;
  for (let row = 0; drawn < wanted; row++) {
    if (random() * (rowCount - row) < wanted - drawn) rows[drawn++] = row;
  }
  return take(columns, rows);
}

function rowsWanted({ rows, fraction }: SampleSize, rowCount: number): number {
  if (rows === undefined) {
    if (fraction >= 0 && fraction <= 1) return Math.round(rowCount * fraction);
    throw new RttsharkError('usage', `A fraction of the rows lies between 0 and 1, not at ${fraction}.`);
  }
  if (checkRowCount(rows) <= rowCount) return rows;
  throw new RttsharkError('usage', `${rows} rows cannot be drawn from a table of ${rowCount}.`);
}
