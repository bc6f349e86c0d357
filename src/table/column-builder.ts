import { RttsharkError } from '../errors.ts';
import { Column } from './column.ts';
import type { ColumnType, ValueOf } from './schema.ts';
import { storageOf } from './storage.ts';
import type { Heap, MutableValues, StorageKind } from './storage-kind.ts';

const firstCapacity = 1024;

/** Rows added to a column, to be written straight into its storage: what readers of many rows use. */
export interface ColumnBlock<T extends ColumnType> {
  /** The storage of the whole column: values, or codes of texts and bytes; of lists only `set` knows what it holds. */
  readonly values: MutableValues<T>;
  /** The first of the new rows, which hold zeros until they are written. */
  readonly start: number;
  /** Puts a value that fits the column to one of the new rows. */
  set(row: number, value: ValueOf<T>): void;
  setNull(row: number): void;
  /** The code that a text, or the lower-case hex digits of bytes, has until the next `finish()`. */
  codeOf(text: string): number;
}

/**
 * Collects the values of one column, one after the other, in storage that grows by doubling.
 *
 * `finish()` hands the column over and starts the builder afresh, so that a reader of chunks keeps one builder for
 * all of them. Nothing that was handed over is written to again.
 */
export class ColumnBuilder<T extends ColumnType> {
  readonly type: T;
  readonly #name: string | undefined;
  readonly #storage: StorageKind<T>;
  #values: MutableValues<T>;
  #validity: Uint8Array | undefined;
  #heap: Heap;
  #length = 0;

  /**
   * @param name - how errors call the column
   * @param capacity - how many values are expected; 0 by default
   */
  constructor(type: T, name?: string, capacity = 0) {
    this.type = type;
    this.#name = name;
    this.#storage = storageOf[type];
    this.#values = this.#storage.allocate(capacity);
    this.#heap = this.#storage.newHeap();
  }

  /** How many values were appended since the start or the last `finish()`, nulls included. */
  get length(): number {
    return this.#length;
  }

  /**
   * Throws RttsharkError `usage` for a value that the column cannot hold as it is: of another type, a fraction in
   * an integer column, an integer out of range. The builder is then as it was before.
   */
  append(value: ValueOf<T> | null): void {
    if (value === null) {
      this.appendNull();
      return;
    }
    const row = this.#length;
    if (row === this.#values.length) this.#grow();
    if (!this.#storage.write(this.#values, row, value, this.#heap)) this.#refuse(value);
    this.#length = row + 1;
  }

  appendNull(): void {
    const row = this.#length;
    if (row === this.#values.length) this.#grow();
    this.#nulls()[row] = 0;
    this.#length = row + 1;
  }

  /** Adds so many rows. The block is to be written before anything else is appended. */
  appendBlock(rows: number): ColumnBlock<T> {
    const start = this.#length;
    while (start + rows > this.#values.length) this.#grow();
    this.#length = start + rows;
    const values = this.#values;
    const heap = this.#heap;
    return {
      values,
      start,
      set: (row, value) => {
        if (!this.#storage.write(values, row, value, heap)) this.#refuse(value);
      },
      setNull: (row) => {
        this.#nulls()[row] = 0;
      },
      codeOf: (text) => heap.interner.codeOf(text),
    };
  }

  /** The column of all values since the start or the last `finish()`. */
  finish(): Column<T> {
    const length = this.#length;
    const { interner, lists } = this.#heap;
    const dictionary = Object.freeze(interner.texts);
    const column = new Column({
      type: this.type,
      values: this.#storage.trim(this.#values, length),
      validity: this.#validity?.slice(0, length),
      ...(lists === undefined ? { dictionary } : { lists: lists.finish(dictionary) }),
    });
    // Chunks tend to be as long as the last one: storage of just that size is handed over without a copy.
    this.#values = this.#storage.allocate(length);
    this.#validity = undefined;
    this.#heap = this.#storage.newHeap();
    this.#length = 0;
    return column;
  }

  /** The validity of all rows that there is room for. */
  #nulls(): Uint8Array {
    this.#validity ??= new Uint8Array(this.#values.length).fill(1);
    return this.#validity;
  }

  #grow(): void {
    const capacity = Math.max(firstCapacity, this.#values.length * 2);
    const validity = this.#validity;
    this.#values = this.#storage.grow(this.#values, capacity);
    if (validity === undefined) return;
    this.#validity = new Uint8Array(capacity).fill(1);
    this.#validity.set(validity);
  }

  #refuse(value: unknown): never {
    const column = this.#name === undefined ? 'a column' : `column "${this.#name}"`;
    const shown =
      typeof value === 'string'
        ? `"${value}"`
        : Array.isArray(value)
          ? `[${value.join(', ')}]`
          : String(value);
    throw new RttsharkError('usage', `The value ${shown} does not fit ${column} of type "${this.type}".`);
  }
}

/** A column of the given values. Throws as `ColumnBuilder.append` does. */
export function columnOf<T extends ColumnType>(
  type: T,
  values: Iterable<ValueOf<T> | null>,
  name?: string,
): Column<T> {
  const builder = new ColumnBuilder(type, name);
  for (const value of values) builder.append(value);
  return builder.finish();
}
