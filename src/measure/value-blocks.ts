const firstLength = 16;
const mostLength = 65_536;

/** Values in the order in which they came, in blocks, so that room for more costs no copy and hardly any memory. */
export class ValueBlocks {
  #full: Float64Array[] = [];
  #last = new Float64Array(firstLength);
  #used = 0;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(value: number): void {
    if (this.#used === this.#last.length) this.#startBlock();
    this.#last[this.#used++] = value;
    this.#count += 1;
  }

  /** Adds the values of these rows. */
  addRows(values: ArrayLike<number>, rows: Uint32Array): void {
    let last: Float64Array = this.#last;
    let used = this.#used;
    for (const row of rows) {
      if (used === last.length) {
        last = this.#startBlock();
        used = 0;
      }
      last[used++] = values[row] ?? NaN;
    }
    this.#used = used;
    this.#count += rows.length;
  }

  /** Goes through the values, block by block, and forgets them. */
  *take(): Generator<Float64Array, void, undefined> {
    const full = this.#full;
    const rest = this.#last.subarray(0, this.#used);
    this.#full = [];
    this.#last = new Float64Array(0);
    this.#used = this.#count = 0;
    for (let block = full.shift(); block !== undefined; block = full.shift()) yield block;
    yield rest;
  }

  #startBlock(): Float64Array {
    const { length } = this.#last;
    if (length > 0) this.#full.push(this.#last);
    this.#last = new Float64Array(Math.min(Math.max(length * 2, firstLength), mostLength));
    this.#used = 0;
    return this.#last;
  }
}
