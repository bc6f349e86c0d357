import type { Column } from './column.ts';
import { commonLength } from './columns.ts';
import type { Columns } from './columns.ts';
import { concatColumns } from './concat.ts';
import { groupRows } from './group-rows.ts';
import type { KeyPair } from './join-keys.ts';
import type { Schema } from './schema.ts';
import type { Codes } from './storage-kind.ts';

/** Which rows of a right table have the keys of each row of a left one. */
export interface RowMatches {
  readonly leftCount: number;
  /** All right rows, those of one key together, in their order. */
  readonly rightRows: Codes;
  /** For each left row where its matches begin in `rightRows`, and where they end. */
  readonly starts: Codes;
  readonly ends: Codes;
}

/** Keys are equal as in groups, except that a row with a null among its keys matches no row. */
export function matchRows(
  left: Columns<Schema>,
  right: Columns<Schema>,
  keys: readonly KeyPair[],
): RowMatches {
  const leftCount = commonLength(left);
  // Both tables, one after the other, are put into groups: so a group has the rows of both that match each other.
  const both = keys.flatMap(([leftName, rightName]): Column[] => {
    const pair = [left[leftName], right[rightName]].filter((column) => column !== undefined);
    return pair[0] === undefined ? [] : [concatColumns(pair[0].type, pair)];
  });
  const { groupOf, rows, offsets } = groupRows(both, leftCount + commonLength(right));
  const hasNull = nullKeys(both, rows.length);
  const rightRows = new Uint32Array(commonLength(right));
  const groupStarts = new Uint32Array(offsets.length);
  let length = 0;
  for (let group = 0; group + 1 < offsets.length; group++) {
    groupStarts[group] = length;
    for (let i = offsets[group] ?? 0; i < (offsets[group + 1] ?? 0); i++) {
      const row = rows[i] ?? 0;
      if (row >= leftCount && hasNull?.[row] !== 1) rightRows[length++] = row - leftCount;
    }
  }
  groupStarts[offsets.length - 1] = length;
  const starts = new Uint32Array(leftCount);
  const ends = new Uint32Array(leftCount);
  for (let row = 0; row < leftCount; row++) {
    const group = groupOf[row] ?? 0;
    starts[row] = groupStarts[group] ?? 0;
    ends[row] = hasNull?.[row] === 1 ? (starts[row] ?? 0) : (groupStarts[group + 1] ?? 0);
  }
  return { leftCount, rightRows, starts, ends };
}

function nullKeys(columns: readonly Column[], rowCount: number): Uint8Array | undefined {
  if (columns.every(({ nullCount }) => nullCount === 0)) return undefined;
  const hasNull = new Uint8Array(rowCount);
  for (const { validity } of columns) {
    if (validity === undefined) continue;
    for (let row = 0; row < rowCount; row++) if (validity[row] === 0) hasNull[row] = 1;
  }
  return hasNull;
}
