import { noTexts, outside, storing } from './array-storage.ts';
import { Interner } from './interner.ts';
import { listWords } from './list-words.ts';
import { scalarStorage } from './scalar-storage.ts';
import type { ListType, ScalarType, ValueOf } from './schema.ts';
import type { Codes, GrowingLists, Lists, MutableValues, StorageKind, Stored } from './storage-kind.ts';

const firstCapacity = 16;

type AnyList = StorageKind<'list<float64>'>;

/** Lists of values of that type, which are stored as those of a column of that type are. */
export function listStorage<E extends ScalarType>(element: E): StorageKind<`list<${E}>`> {
  const numbers = storing<Uint32Array<ArrayBuffer>, number>((capacity) => new Uint32Array(capacity));
  const storage = scalarStorage[element] as StorageKind<ScalarType>;
  const noLists = emptyLists(storage);
  const kind: Omit<AnyList, 'read'> & { read(stored: Stored<ListType>, row: number): unknown } = {
    ...numbers,
    join(parts) {
      const flat = parts.map((part) => flatten(storage, part));
      const rowCount = flat.reduce((sum, { offsets }) => sum + offsets.length - 1, 0);
      const offsets = new Uint32Array(rowCount + 1);
      let row = 0;
      let start = 0;
      for (const { offsets: ends } of flat) {
        for (let i = 1; i < ends.length; i++) offsets[++row] = start + (ends[i] ?? 0);
        start += ends[ends.length - 1] ?? 0;
      }
      const elements = storage.join(flat.map((lists) => lists.elements));
      return { values: countUp(rowCount), dictionary: noTexts, lists: { offsets, elements } };
    },
    read({ values, lists: { offsets, elements } = noLists }, row) {
      const list = values[row];
      if (list === undefined) outside(row, values.length);
      const found: ValueOf<ScalarType>[] = [];
      const end = offsets[list + 1] ?? 0;
      for (let at = offsets[list] ?? end; at < end; at++) found.push(storage.read(elements, at));
      return Object.freeze(found);
    },
    newHeap: () => ({ interner: new Interner(), lists: growingLists(storage) }),
    write(values, row, value, { interner, lists }) {
      if (!Array.isArray(value)) return false;
      const added = lists?.add(value, interner);
      if (added === undefined) return false;
      values[row] = added;
      return true;
    },
    words: ({ values, lists = noLists }) => listWords(values, lists.offsets, storage.words(lists.elements)),
  };
  return kind as unknown as StorageKind<`list<${E}>`>;
}

function growingLists(storage: StorageKind<ScalarType>): GrowingLists {
  let elements = storage.allocate(firstCapacity);
  let offsets = new Uint32Array(firstCapacity);
  let count = 0;
  let length = 0;
  return {
    add(values, interner) {
      const heap = { interner };
      let end = length;
      for (const value of values) {
        if (end === elements.length) elements = storage.grow(elements, end * 2);
        if (!storage.write(elements, end, value, heap)) return undefined;
        end += 1;
      }
      if (count + 1 === offsets.length) {
        const grown = new Uint32Array(offsets.length * 2);
        grown.set(offsets);
        offsets = grown;
      }
      length = end;
      count += 1;
      offsets[count] = end;
      return count - 1;
    },
    finish: (dictionary) => ({
      offsets: offsets.slice(0, count + 1),
      elements: { values: storage.trim(elements, length), dictionary },
    }),
  };
}

function emptyLists(storage: StorageKind<ScalarType>): Lists {
  return { offsets: new Uint32Array(1), elements: { values: storage.allocate(0), dictionary: noTexts } };
}

/** The lists of all rows, one after the other and nothing else; that of a null row is empty. */
export function flatten(
  storage: StorageKind<ScalarType>,
  { values, validity, lists: { offsets, elements } = emptyLists(storage) }: Stored<ListType>,
): Lists {
  if (validity === undefined && isWhole(values, offsets, elements.values.length))
    return { offsets, elements };
  const flat = new Uint32Array(values.length + 1);
  for (let row = 0; row < values.length; row++) {
    const list = values[row] ?? 0;
    const start = offsets[list] ?? 0;
    const end = validity?.[row] === 0 ? start : (offsets[list + 1] ?? start);
    flat[row + 1] = (flat[row] ?? 0) + end - start;
  }
  const places = new Uint32Array(flat[values.length] ?? 0);
  for (let row = 0; row < values.length; row++) {
    const start = offsets[values[row] ?? 0] ?? 0;
    const first = flat[row] ?? 0;
    const end = flat[row + 1] ?? 0;
    for (let at = first; at < end; at++) places[at] = start + at - first;
  }
  const { dictionary } = elements;
  return { offsets: flat, elements: { values: storage.gather(elements.values, places), dictionary } };
}

/** Whether the rows' lists are all of the lists, in their order. */
function isWhole(values: Codes, offsets: Codes, elementCount: number): boolean {
  if (offsets.length !== values.length + 1 || offsets[values.length] !== elementCount) return false;
  for (let row = 0; row < values.length; row++) if (values[row] !== row) return false;
  return offsets[0] === 0;
}

/** 0, 1, 2 and so on. */
export function countUp(count: number): MutableValues<'uint32'> {
  const numbers = new Uint32Array(count);
  for (let at = 0; at < count; at++) numbers[at] = at;
  return numbers;
}
