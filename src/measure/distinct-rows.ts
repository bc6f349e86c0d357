import type { Codes, Validity } from '../table/storage.ts';

/** A text column as codes into its dictionary. */
export interface CodedColumn {
  readonly codes: Codes;
  readonly validity: Validity | undefined;
}

/** Which rows hold the same texts. */
export interface DistinctRows {
  /** One number a row: equal for rows that are equal, counted up from 0 in order of first appearance. */
  readonly ids: Uint32Array;
  /** The first row of each number. */
  readonly rows: readonly number[];
}

/**
 * Tells apart the rows of some text columns by their dictionary codes, column by column, without making a text or
 * an object a row. Null is a value of its own. Without columns all rows are equal.
 */
export function distinctRows(columns: readonly CodedColumn[], rowCount: number): DistinctRows {
  let ids = new Uint32Array(rowCount);
  let rows = rowCount === 0 ? [] : [0];
  for (const { codes, validity } of columns) {
    const seen = new Map<number, number>();
    const finer = new Uint32Array(rowCount);
    const firstRows: number[] = [];
    for (let row = 0; row < rowCount; row++) {
      // A code and its null in front of it; both factors are below 2^26 in any chunk, so that the key is exact.
      const code = validity?.[row] === 0 ? 0 : (codes[row] ?? 0) + 1;
      const key = code * rows.length + (ids[row] ?? 0);
      let id = seen.get(key);
      if (id === undefined) {
        id = firstRows.length;
        seen.set(key, id);
        firstRows.push(row);
      }
      finer[row] = id;
    }
    ids = finer;
    rows = firstRows;
  }
  return { ids, rows };
}
