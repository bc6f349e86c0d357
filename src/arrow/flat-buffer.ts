/**
 * FlatBuffers, the form that Arrow's metadata has: tables whose fields are numbered, texts, and vectors of tables or of
 * structs. Everything is aligned to what it is, counted from the first byte, as verifying readers insist.
 */

export type FlatValue = FlatInteger | FlatText | FlatTable | FlatTables | FlatStructs;

export interface FlatInteger {
  readonly kind: 'integer';
  readonly size: 1 | 2 | 4 | 8;
  readonly value: number;
}

export interface FlatText {
  readonly kind: 'text';
  readonly text: string;
}

/** Fields by their number; undefined where a field has its default. */
export interface FlatTable {
  readonly kind: 'table';
  readonly fields: readonly (FlatValue | undefined)[];
}

export interface FlatTables {
  readonly kind: 'tables';
  readonly tables: readonly FlatTable[];
}

/** Structs of 64-bit integers, whose numbers are given one after the other. */
export interface FlatStructs {
  readonly kind: 'structs';
  readonly count: number;
  readonly words: readonly number[];
}

export const integer = (size: FlatInteger['size'], value: number): FlatInteger => ({
  kind: 'integer',
  size,
  value,
});
export const flag = (value: boolean): FlatInteger => integer(1, value ? 1 : 0);
export const flatText = (text: string): FlatText => ({ kind: 'text', text });
export const flatTable = (...fields: (FlatValue | undefined)[]): FlatTable => ({ kind: 'table', fields });
export const flatTables = (tables: readonly FlatTable[]): FlatTables => ({ kind: 'tables', tables });
export const flatStructs = (count: number, words: readonly number[]): FlatStructs => ({
  kind: 'structs',
  count,
  words,
});

const offsetSize = 4;

/** The bytes of a buffer with that table at its root, a multiple of 8. */
export function flatBuffer(root: FlatTable): Uint8Array {
  const writer = new FlatWriter();
  const slot = writer.reserve(offsetSize, offsetSize);
  writer.point(slot, writer.put(root));
  return writer.finish();
}

/**
 * Writes forwards: what holds an offset comes first, what it points at follows, which is what offsets, having no sign,
 * ask for.
 */
class FlatWriter {
  readonly #encoder = new TextEncoder();
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** The position of so many new bytes, which are zero. */
  reserve(size: number, alignment: number): number {
    const position = Math.ceil(this.#length / alignment) * alignment;
    this.#length = position + size;
    if (this.#length > this.#bytes.length) {
      const grown = new Uint8Array(this.#length * 2);
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    return position;
  }

  point(slot: number, target: number): void {
    this.#view.setUint32(slot, target - slot, true);
  }

  /** Where a value that is not an integer begins. */
  put(value: Exclude<FlatValue, FlatInteger>): number {
    switch (value.kind) {
      case 'text':
        return this.#putText(value.text);
      case 'table':
        return this.#putTable(value.fields);
      case 'tables':
        return this.#putTables(value.tables);
      case 'structs':
        return this.#putStructs(value);
    }
  }

  finish(): Uint8Array {
    this.reserve(0, 8);
    return this.#bytes.slice(0, this.#length);
  }

  #putText(text: string): number {
    const encoded = this.#encoder.encode(text);
    // One byte more: texts end with a zero.
    const position = this.reserve(offsetSize + encoded.length + 1, offsetSize);
    this.#view.setUint32(position, encoded.length, true);
    this.#bytes.set(encoded, position + offsetSize);
    return position;
  }

  #putTable(fields: FlatTable['fields']): number {
    const index = this.reserve(4 + 2 * fields.length, 2);
    const start = this.reserve(offsetSize, 8);
    const slots = fields.map((field) => {
      if (field === undefined) return 0;
      const size = field.kind === 'integer' ? field.size : offsetSize;
      return this.reserve(size, size);
    });
    this.#view.setUint16(index, 4 + 2 * fields.length, true);
    this.#view.setUint16(index + 2, this.#length - start, true);
    this.#view.setInt32(start, start - index, true);
    for (const [at, slot] of slots.entries()) {
      this.#view.setUint16(index + 4 + 2 * at, slot === 0 ? 0 : slot - start, true);
    }
    for (const [at, slot] of slots.entries()) {
      const field = fields[at];
      if (field === undefined) continue;
      if (field.kind === 'integer') this.#putInteger(slot, field);
      else this.point(slot, this.put(field));
    }
    return start;
  }

  #putInteger(slot: number, { size, value }: FlatInteger): void {
    if (size === 1) this.#view.setInt8(slot, value);
    else if (size === 2) this.#view.setInt16(slot, value, true);
    else if (size === 4) this.#view.setInt32(slot, value, true);
    else this.#view.setBigInt64(slot, BigInt(value), true);
  }

  #putTables(tables: readonly FlatTable[]): number {
    const position = this.reserve(offsetSize * (tables.length + 1), offsetSize);
    this.#view.setUint32(position, tables.length, true);
    for (const [at, table] of tables.entries()) {
      this.point(position + offsetSize * (at + 1), this.put(table));
    }
    return position;
  }

  #putStructs({ count, words }: FlatStructs): number {
    // The count stands right before the first struct, and that on a multiple of 8.
    this.reserve(offsetSize, 8);
    const position = this.reserve(offsetSize, offsetSize);
    const start = this.reserve(8 * words.length, 8);
    this.#view.setUint32(position, count, true);
    for (const [at, word] of words.entries()) this.#view.setBigInt64(start + 8 * at, BigInt(word), true);
    return position;
  }
}
