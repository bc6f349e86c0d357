import type { ColumnType, ValueOf } from './schema.ts';
import { noTexts } from './array-storage.ts';
import { storageOf } from './storage.ts';
import type { CodedType, Codes, Lists, Stored, StorageKind, Validity, Values } from './storage-kind.ts';

/** What a column is made of. The column takes the arrays over: whoever made them must not write to them again. */
export interface ColumnParts<T extends ColumnType> {
  readonly type: T;
  /** One element a row. The element of a null row is never read. */
  readonly values: Values<T>;
  /** Absent where no row is null. */
  readonly validity?: Validity | undefined;
  /** The distinct texts that the codes of a text column stand for, or hex digits for bytes; no two are equal. */
  readonly dictionary?: readonly string[];
  /** What the values of a list column are the numbers of. */
  readonly lists?: Lists | undefined;
}

/**
 * An immutable column of values of one type.
 *
 * `get`, iteration and `toArray` give values. Loops over many rows read the storage itself:
 *
 * ```ts
 * const { values, validity } = table.column('rtt');
 * for (let i = 0; i < values.length; i++) {
 *   if (validity?.[i] === 0) continue;
 *   total += values[i] ?? 0;
 * }
 * ```
 */
export class Column<T extends ColumnType = ColumnType> implements Stored<T> {
  readonly type: T;
  readonly length: number;
  /** How many rows are null. */
  readonly nullCount: number;
  /**
   * The typed array behind the column, to be read only: Float64Array for `float64`, Int32Array for `int32`,
   * Uint32Array for `uint32` and for `text` and `bytes` (codes into the dictionary), BigInt64Array for `int64`, `time` and
   * `duration` (nanoseconds), BigUint64Array for `uint64`, Uint8Array of 0 and 1 for `boolean`. Null rows hold any value.
   * For lists it says nothing by itself: see `flattenList`.
   */
  readonly values: Values<T>;
  /** One byte a row, 0 where it is null; undefined where no row is. */
  readonly validity: Validity | undefined;
  /** The same as `values` for a column of text or bytes, undefined for every other. */
  readonly codes: T extends CodedType ? Codes : undefined;
  /**
   * The distinct texts of a text column, or lower-case hex digits of those of bytes, some of which may not occur in it;
   * empty for every other type.
   */
  readonly dictionary: readonly string[];
  /** What the values of a list column stand for; `flattenList` puts it in the order of the rows. */
  readonly lists: Lists | undefined;
  readonly #storage: StorageKind<T>;

  constructor({ type, values, validity, dictionary = noTexts, lists }: ColumnParts<T>) {
    this.type = type;
    this.length = values.length;
    this.values = values;
    this.nullCount = validity === undefined ? 0 : nullsIn(validity);
    this.validity = this.nullCount === 0 ? undefined : validity;
    this.dictionary = dictionary;
    this.lists = lists;
    this.#storage = storageOf[type];
    this.codes = this.#storage.codes(values);
  }

  /** Other rows of what this column's codes stand for: what verbs make of it. */
  with(values: Values<T>, validity?: Validity): Column<T> {
    const { type, dictionary, lists } = this;
    return new Column({ type, values, validity, dictionary, lists });
  }

  /** Throws RangeError where there is no such row. */
  get(row: number): ValueOf<T> | null {
    if (this.validity?.[row] === 0) return null;
    return this.#storage.read(this, row);
  }

  isNull(row: number): boolean {
    return this.validity?.[row] === 0;
  }

  *[Symbol.iterator](): Generator<ValueOf<T> | null, void, undefined> {
    for (let row = 0; row < this.length; row++) yield this.get(row);
  }

  /**
   * Unsigned 32-bit words of every row, least significant first, that are equal where values are and compare as they
   * do: what sorting and grouping work on. New arrays; those of null rows hold anything.
   */
  sortWords(): readonly Uint32Array[] {
    return this.#storage.words(this);
  }

  /** A new array of all values, nulls included. */
  toArray(): (ValueOf<T> | null)[] {
    return Array.from({ length: this.length }, (_, row) => this.get(row));
  }
}

function nullsIn(validity: Validity): number {
  const { length } = validity;
  let nulls = 0;
  // By index: several times as fast as an iterator, and every chunk of every column comes by.
  for (let row = 0; row < length; row++) nulls += 1 - (validity[row] ?? 1);
  return nulls;
}
