import { Interner } from './interner.ts';
import { gatherInto } from './gather-into.ts';
import type { Codes, Heap } from './storage-kind.ts';

interface Block<E> {
  readonly length: number;
  [row: number]: E;
  set: (source: ArrayLike<E>, offset: number) => void;
}

interface Resizable<A, E> extends Block<E>, ArrayBufferView {
  slice: (start: number, end: number) => A;
  subarray: (start: number, end: number) => A;
}

/** What all columns share whose storage is a typed array. */
export function storing<A extends Resizable<A, E>, E>(allocate: (capacity: number) => A) {
  const joinValues = (parts: readonly ArrayLike<E>[]): A => {
    const joined = allocate(parts.reduce((length, part) => length + part.length, 0));
    let offset = 0;
    for (const part of parts) {
      joined.set(part, offset);
      offset += part.length;
    }
    return joined;
  };
  return {
    allocate,
    grow: (values: A, capacity: number): A => {
      const grown = allocate(capacity);
      grown.set(values, 0);
      return grown;
    },
    trim: (values: A, length: number): A => (values.length === length ? values : values.slice(0, length)),
    part: (values: A, start: number, end: number): A => values.subarray(start, end),
    copy: (values: { slice: (start: number, end: number) => A }, start: number, end: number): A =>
      values.slice(start, end),
    gather: (values: ArrayLike<E>, rows: Codes): A => {
      const gathered = allocate(rows.length);
      gatherInto(gathered, values as unknown as ArrayBufferView, rows);
      return gathered;
    },
    joinValues,
    join: (parts: readonly { readonly values: ArrayLike<E> }[]) => ({
      values: joinValues(parts.map(({ values }) => values)),
      dictionary: noTexts,
    }),
    read: ({ values }: { readonly values: ArrayLike<E> }, row: number): E => readElement(values, row),
    codes: (): undefined => undefined,
    newHeap: (): Heap => ({ interner: new Interner() }),
  };
}

export const noTexts: readonly string[] = Object.freeze([]);

export function outside(row: number, length: number): never {
  throw new RangeError(`There is no row ${row} in a column of ${length} rows.`);
}

/** Throws RangeError outside the column. */
export function readElement<E>(values: ArrayLike<E>, row: number): E {
  const value = values[row];
  if (value === undefined) outside(row, values.length);
  return value;
}
