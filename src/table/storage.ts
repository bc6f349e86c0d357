import { Interner } from './interner.ts';
import type { ColumnType, ValueOf } from './schema.ts';
import { floatWords, int32Words, int64Words, textWords, uint32Words, uint64Words } from './sort-words.ts';

interface ArrayByType {
  float64: Float64Array<ArrayBuffer>;
  int32: Int32Array<ArrayBuffer>;
  uint32: Uint32Array<ArrayBuffer>;
  int64: BigInt64Array<ArrayBuffer>;
  uint64: BigUint64Array<ArrayBuffer>;
  text: Uint32Array<ArrayBuffer>;
  boolean: Uint8Array<ArrayBuffer>;
  time: BigInt64Array<ArrayBuffer>;
}

/** Storage that a builder or a verb may still write to. Text is stored as codes into a dictionary. */
export type MutableValues<T extends ColumnType> = ArrayByType[T];

type Writing = 'set' | 'fill' | 'sort' | 'reverse' | 'copyWithin' | 'subarray' | 'buffer' | 'valueOf';

/** A typed array without the members that write to it or hand out its memory. `slice()` gives a copy to change. */
export type ReadonlyArrayOf<A> = Readonly<Omit<A, Writing>>;

type ReadonlyArrayByType = { [T in ColumnType]: ReadonlyArrayOf<ArrayByType[T]> };

/** The storage of a finished column: as fast to read as the typed array that it is, and not to be written. */
export type Values<T extends ColumnType> = ReadonlyArrayByType[T];

/** Row numbers, dictionary codes. */
export type Codes = Values<'uint32'>;

/** One byte a row: 1 where there is a value, 0 where the row is null. */
export type Validity = Values<'boolean'>;

/** Values and what their codes stand for, where they are codes; a column is one. */
export interface Stored<T extends ColumnType> {
  readonly values: Values<T>;
  readonly dictionary: readonly string[];
}

/** Everything that differs between column types; the rest of the table knows only this interface. */
export interface StorageKind<T extends ColumnType> {
  allocate(capacity: number): MutableValues<T>;
  /** A larger copy; what is added is zero. */
  grow(values: MutableValues<T>, capacity: number): MutableValues<T>;
  /** The first `length` elements: the array itself where it has no more, else a copy. */
  trim(values: MutableValues<T>, length: number): MutableValues<T>;
  /** The elements from `start` to before `end`, sharing their memory. */
  part(values: MutableValues<T>, start: number, end: number): MutableValues<T>;
  /** The elements at the given rows, in that order. */
  gather(values: Values<T>, rows: Codes): MutableValues<T>;
  /** One after the other; dictionaries are merged. */
  join(parts: readonly Stored<T>[]): Stored<T>;
  /** Throws RangeError outside the column. */
  read(values: Values<T>, row: number, dictionary: readonly string[]): ValueOf<T>;
  /** False, and nothing written, where the value is not one of this type. */
  write(values: MutableValues<T>, row: number, value: unknown, interner: Interner): boolean;
  /** The dictionary codes, where there are any. */
  codes(values: Values<T>): T extends 'text' ? Codes : undefined;
  /** Unsigned words, least significant first, that compare as the values do; new arrays. */
  words(values: Values<T>, dictionary: readonly string[]): readonly Uint32Array[];
}

interface Block<E> {
  readonly length: number;
  [row: number]: E;
  set: (source: ArrayLike<E>, offset: number) => void;
}

interface Resizable<A, E> extends Block<E> {
  slice: (start: number, end: number) => A;
  subarray: (start: number, end: number) => A;
}

function storing<A extends Resizable<A, E>, E>(allocate: (capacity: number) => A, zero: E) {
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
    gather: (values: ArrayLike<E>, rows: Codes): A => {
      const gathered = allocate(rows.length);
      fillFrom(gathered, values, rows, zero);
      return gathered;
    },
    joinValues,
    join: (parts: readonly { readonly values: ArrayLike<E> }[]) => ({
      values: joinValues(parts.map(({ values }) => values)),
      dictionary: noTexts,
    }),
    codes: (): undefined => undefined,
  };
}

const noTexts: readonly string[] = Object.freeze([]);

function fillFrom<E>(target: Block<E>, values: ArrayLike<E>, rows: Codes, zero: E): void {
  for (let i = 0; i < rows.length; i++) target[i] = values[rows[i] ?? 0] ?? zero;
}

function outside(row: number, length: number): never {
  throw new RangeError(`There is no row ${row} in a column of ${length} rows.`);
}

function readElement<E>(values: ArrayLike<E>, row: number): E {
  const value = values[row];
  if (value === undefined) outside(row, values.length);
  return value;
}

function writeInt64(values: MutableValues<'int64'>, row: number, value: unknown): boolean {
  if (typeof value !== 'bigint' || BigInt.asIntN(64, value) !== value) return false;
  values[row] = value;
  return true;
}

const float64: StorageKind<'float64'> = {
  ...storing((capacity) => new Float64Array(capacity), 0),
  read: readElement<number>,
  write(values, row, value) {
    if (typeof value !== 'number') return false;
    values[row] = value;
    return true;
  },
  words: floatWords,
};

const int32: StorageKind<'int32'> = {
  ...storing((capacity) => new Int32Array(capacity), 0),
  read: readElement<number>,
  write(values, row, value) {
    if (typeof value !== 'number' || (value | 0) !== value) return false;
    values[row] = value;
    return true;
  },
  words: int32Words,
};

const uint32: StorageKind<'uint32'> = {
  ...storing((capacity) => new Uint32Array(capacity), 0),
  read: readElement<number>,
  write(values, row, value) {
    if (typeof value !== 'number' || value >>> 0 !== value) return false;
    values[row] = value;
    return true;
  },
  words: uint32Words,
};

const int64: StorageKind<'int64'> & StorageKind<'time'> = {
  ...storing((capacity) => new BigInt64Array(capacity), 0n),
  read: readElement<bigint>,
  write: writeInt64,
  words: int64Words,
};

const uint64: StorageKind<'uint64'> = {
  ...storing((capacity) => new BigUint64Array(capacity), 0n),
  read: readElement<bigint>,
  write(values, row, value) {
    if (typeof value !== 'bigint' || BigInt.asUintN(64, value) !== value) return false;
    values[row] = value;
    return true;
  },
  words: uint64Words,
};

const codeStorage = storing((capacity) => new Uint32Array(capacity), 0);

const text: StorageKind<'text'> = {
  ...codeStorage,
  join(parts) {
    const interner = new Interner();
    const recoded = parts.map(({ values, dictionary }) => {
      const codes = Uint32Array.from(dictionary, (entry) => interner.codeOf(entry));
      return codeStorage.gather(codes, values);
    });
    return { values: codeStorage.joinValues(recoded), dictionary: Object.freeze(interner.texts) };
  },
  read: (values, row, dictionary) => dictionary[readElement(values, row)] ?? outside(row, values.length),
  write(values, row, value, interner) {
    if (typeof value !== 'string') return false;
    values[row] = interner.codeOf(value);
    return true;
  },
  codes: (values) => values,
  words: textWords,
};

const boolean: StorageKind<'boolean'> = {
  ...storing((capacity) => new Uint8Array(capacity), 0),
  read: (values, row) => readElement(values, row) === 1,
  write(values, row, value) {
    if (typeof value !== 'boolean') return false;
    values[row] = value ? 1 : 0;
    return true;
  },
  words: uint32Words,
};

/** How each column type is stored. */
export const storageOf: { readonly [T in ColumnType]: StorageKind<T> } = {
  float64,
  int32,
  uint32,
  int64,
  uint64,
  text,
  boolean,
  time: int64,
};
