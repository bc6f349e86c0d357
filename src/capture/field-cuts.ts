const tab = 0x09;
const lineFeed = 0x0a;
const firstRows = 1024;

/**
 * Finds the fields of lines in a block of bytes. What comes of a block is there until the next one: for each row that
 * is whole, where its fields are.
 *
 * Field `f` of row `r` starts at `bounds[r * stride + f]` and ends one byte, the separator, before the next bound.
 */
export class FieldCuts {
  readonly fields: number;
  /** Bounds of a row: one more than fields. */
  readonly stride: number;
  bytes: Buffer = Buffer.alloc(0);
  bounds: Int32Array;
  /** Rows of the block. */
  rows = 0;
  /** Lines of the block that had another number of fields. */
  malformed = 0;
  /** Lines of the block that had a field of `tooLong` bytes or more. */
  tooLong = 0;
  readonly #tooLongBytes: number;

  /** @param tooLongBytes - a line with so long a field is no row; infinite by default */
  constructor(fields: number, tooLongBytes = Infinity) {
    this.fields = fields;
    this.stride = fields + 1;
    this.bounds = new Int32Array(firstRows * this.stride);
    this.#tooLongBytes = tooLongBytes;
  }

  /** @param bytes - whole lines, each with its line end */
  cut(bytes: Buffer): void {
    const { stride, fields } = this;
    const { length } = bytes;
    let { bounds } = this;
    let row = 0;
    let field = 0;
    [this.bytes, this.malformed, this.tooLong] = [bytes, 0, 0];
    bounds[0] = 0;
    for (let at = 0; at < length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte > lineFeed) continue;
      if (byte === tab) {
        field += 1;
        if (field < fields) bounds[row + field] = at + 1;
      } else if (byte === lineFeed) {
        if (field + 1 !== fields) this.malformed += 1;
        else {
          bounds[row + fields] = at + 1;
          if (at - (bounds[row] ?? 0) >= this.#tooLongBytes && this.#hasLongField(row)) this.tooLong += 1;
          else row += stride;
          if (row + stride > bounds.length) bounds = this.#grow();
        }
        bounds[row] = at + 1;
        field = 0;
      }
    }
    this.rows = row / stride;
  }

  #hasLongField(row: number): boolean {
    for (let bound = row; bound < row + this.fields; bound++) {
      const length = (this.bounds[bound + 1] ?? 0) - 1 - (this.bounds[bound] ?? 0);
      if (length >= this.#tooLongBytes) return true;
    }
    return false;
  }

  #grow(): Int32Array {
    const larger = new Int32Array(this.bounds.length * 2);
    larger.set(this.bounds);
    this.bounds = larger;
    return larger;
  }
}
