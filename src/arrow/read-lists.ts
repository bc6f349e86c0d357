import type { Column } from '../table/column.ts';
import type { FlatLists } from '../table/flatten-list.ts';
import type { ScalarType } from '../table/schema.ts';
import { takeFrom } from '../table/take.ts';

/** Lists without a gap between them: what null rows and slices of other tables may have left there is dropped. */
export function flatLists(
  found: ArrayLike<number>,
  elements: Column<ScalarType>,
  length: number,
  validity: Uint8Array | undefined,
): FlatLists<ScalarType> {
  for (let row = 0; row <= length; row++) {
    if ((found[row] ?? 0) > elements.length) throw new RangeError('A list ends behind the last element.');
  }
  const offsets = new Uint32Array(length + 1);
  const kept: number[] = [];
  for (let row = 0; row < length; row++) {
    if (validity?.[row] !== 0) {
      for (let at = found[row] ?? 0; at < (found[row + 1] ?? 0); at++) kept.push(at);
    }
    offsets[row + 1] = kept.length;
  }
  return { offsets, elements: takeFrom(elements, Uint32Array.from(kept)) };
}
