import type { Column } from '../table/column.ts';
import { isListType } from '../table/column-types.ts';
import { flattenList } from '../table/flatten-list.ts';
import type { ListType } from '../table/schema.ts';
import { takeFrom } from '../table/take.ts';
import { hybrid, run } from './hybrid.ts';

/** A column as Parquet keeps it: the values that there are, and levels that say where nulls and lists are. */
export interface LeafValues {
  /** Without nulls. */
  readonly values: Column;
  /** How many levels there are: one for each value, each null and each empty list. */
  readonly levelCount: number;
  /** Levels that are no value. */
  readonly nullCount: number;
  /** 0 where a row goes on; absent unless the column holds lists. */
  readonly repetition?: Uint8Array;
  readonly definition: Uint8Array;
}

export function leafValues(column: Column): LeafValues {
  if (isListType(column.type)) return listLeaf(column as Column<ListType>);
  const { length, nullCount, validity } = column;
  if (validity === undefined) {
    return { values: column, levelCount: length, nullCount, definition: run(length, 1, 1) };
  }
  const rows = new Uint32Array(length - nullCount);
  let at = 0;
  for (let row = 0; row < length; row++) if (validity[row] !== 0) rows[at++] = row;
  return {
    values: takeFrom(column, rows),
    levelCount: length,
    nullCount,
    definition: hybrid(validity, 1),
  };
}

/** Definition levels of a list: there is none, it is empty, it has an element. */
const noList = 0;
const emptyList = 1;
const element = 2;

function listLeaf(column: Column<ListType>): LeafValues {
  const { length, validity } = column;
  const { offsets, elements } = flattenList(column);
  let withoutElement = 0;
  for (let row = 0; row < length; row++) if (offsets[row] === offsets[row + 1]) withoutElement++;
  const levelCount = elements.length + withoutElement;
  const definition = new Uint8Array(levelCount);
  const repetition = new Uint8Array(levelCount);
  let at = 0;
  for (let row = 0; row < length; row++) {
    const elementCount = (offsets[row + 1] ?? 0) - (offsets[row] ?? 0);
    if (elementCount === 0) definition[at++] = validity?.[row] === 0 ? noList : emptyList;
    for (let i = 0; i < elementCount; i++) {
      definition[at] = element;
      repetition[at++] = i === 0 ? 0 : 1;
    }
  }
  return {
    values: elements,
    levelCount,
    nullCount: withoutElement,
    repetition: hybrid(repetition, 1),
    definition: hybrid(definition, 2),
  };
}
