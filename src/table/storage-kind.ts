import type { Interner } from './interner.ts';
import type { ColumnType, ListType, ScalarType, ValueOf } from './schema.ts';

type Int64s = BigInt64Array<ArrayBuffer>;
type Uint32s = Uint32Array<ArrayBuffer>;

interface ScalarArrays {
  float64: Float64Array<ArrayBuffer>;
  int32: Int32Array<ArrayBuffer>;
  uint32: Uint32s;
  int64: Int64s;
  uint64: BigUint64Array<ArrayBuffer>;
  text: Uint32s;
  boolean: Uint8Array<ArrayBuffer>;
  time: Int64s;
  duration: Int64s;
  bytes: Uint32s;
}

type ArrayByType = ScalarArrays & Record<ListType, Uint32s>;

/**
 * Storage that a builder or a verb may still write to. Text and bytes are stored as codes into a dictionary, lists as
 * their numbers among lists that lie behind each other.
 */
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

/** Types whose values are codes into a dictionary in which no two entries are equal. */
export type CodedType = 'text' | 'bytes';

/** Lists that lie behind each other; those of a column have their places among them. */
export interface Lists<E extends ScalarType = ScalarType> {
  /** Where each list begins among the elements; one more at the end, where the last one ends. */
  readonly offsets: Codes;
  readonly elements: Stored<E>;
}

/** What codes stand for, where values are codes. */
export interface Meanings {
  /** Texts; lower-case hex digits of bytes; nothing for other types. */
  readonly dictionary: readonly string[];
  /** What the values of a list column are the numbers of. */
  readonly lists?: Lists | undefined;
}

/** Values and what their codes stand for; a column is one. */
export interface Stored<T extends ColumnType> extends Meanings {
  readonly values: Values<T>;
  /** Absent where no row is null. The value of a null row means nothing. */
  readonly validity?: Validity | undefined;
}

/** Where what is written to a column goes that its values are codes of. */
export interface Heap {
  readonly interner: Interner;
  /** For list columns. */
  readonly lists?: GrowingLists;
}

/** Lists that are added one after the other. */
export interface GrowingLists {
  /** The number of the list that was added; undefined, and nothing added, where not all of its values are of the type. */
  add(values: readonly unknown[], interner: Interner): number | undefined;
  finish(dictionary: readonly string[]): Lists;
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
  /** A copy of the elements from `start` to before `end`. */
  copy(values: Values<T>, start: number, end: number): MutableValues<T>;
  /** The elements at the given rows, in that order. */
  gather(values: Values<T>, rows: Codes): MutableValues<T>;
  /** One after the other; what their codes stand for is merged. */
  join(parts: readonly Stored<T>[]): Stored<T>;
  /** Throws RangeError outside the column. */
  read(stored: Stored<T>, row: number): ValueOf<T>;
  newHeap(): Heap;
  /** False, and nothing written, where the value is not one of this type. */
  write(values: MutableValues<T>, row: number, value: unknown, heap: Heap): boolean;
  /** The dictionary codes, where there are any. */
  codes(values: Values<T>): T extends CodedType ? Codes : undefined;
  /** Unsigned words, least significant first, that compare as the values do; new arrays. */
  words(stored: Stored<T>): readonly Uint32Array[];
}
