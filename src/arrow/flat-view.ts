const decoder = new TextDecoder();

/** A table of a FlatBuffer, to be read. Numbers and offsets outside of the buffer throw RangeError. */
export class FlatView {
  readonly #view: DataView;
  readonly #position: number;
  readonly #index: number;

  private constructor(view: DataView, position: number) {
    this.#view = view;
    this.#position = position;
    this.#index = position - view.getInt32(position, true);
  }

  /** The table at the root of a buffer. */
  static of(bytes: Uint8Array): FlatView {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatView(view, view.getUint32(0, true));
  }

  byte(field: number): number {
    const slot = this.#slot(field);
    return slot === undefined ? 0 : this.#view.getInt8(slot);
  }

  /** @param missing - what a field is that was left out, which stands in the schema of the format */
  short(field: number, missing = 0): number {
    const slot = this.#slot(field);
    return slot === undefined ? missing : this.#view.getInt16(slot, true);
  }

  int(field: number): number {
    const slot = this.#slot(field);
    return slot === undefined ? 0 : this.#view.getInt32(slot, true);
  }

  long(field: number): number {
    const slot = this.#slot(field);
    return slot === undefined ? 0 : Number(this.#view.getBigInt64(slot, true));
  }

  text(field: number): string | undefined {
    const start = this.#target(field);
    if (start === undefined) return undefined;
    const { buffer, byteOffset } = this.#view;
    const length = this.#view.getUint32(start, true);
    return decoder.decode(new Uint8Array(buffer, byteOffset + start + 4, length));
  }

  table(field: number): FlatView | undefined {
    const start = this.#target(field);
    return start === undefined ? undefined : new FlatView(this.#view, start);
  }

  tables(field: number): FlatView[] {
    const start = this.#target(field);
    if (start === undefined) return [];
    return Array.from({ length: this.#view.getUint32(start, true) }, (_, at) => {
      const slot = start + 4 * (at + 1);
      return new FlatView(this.#view, slot + this.#view.getUint32(slot, true));
    });
  }

  /** The 64-bit integers of a vector of structs of so many each. */
  structs(field: number, wordsEach: number): number[] {
    const start = this.#target(field);
    if (start === undefined) return [];
    const length = this.#view.getUint32(start, true) * wordsEach;
    return Array.from({ length }, (_, at) => Number(this.#view.getBigInt64(start + 4 + 8 * at, true)));
  }

  #slot(field: number): number | undefined {
    const at = 4 + 2 * field;
    if (at >= this.#view.getUint16(this.#index, true)) return undefined;
    const offset = this.#view.getUint16(this.#index + at, true);
    return offset === 0 ? undefined : this.#position + offset;
  }

  #target(field: number): number | undefined {
    const slot = this.#slot(field);
    return slot === undefined ? undefined : slot + this.#view.getUint32(slot, true);
  }
}
