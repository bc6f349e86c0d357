/** Room on either side of what is needed, so that counts which spread slowly are not copied at each step. */
const spareIndices = 32;

/**
 * How often each of a range of indices was counted, in an array over that range. Where the range would be longer than
 * allowed, the counts of the lowest indices are put together into the lowest one that is left; which counts those are
 * depends on the highest index only, not on the order in which they came.
 */
export class IndexCounts {
  readonly #maxLength: number;
  #counts = new Float64Array(0);
  /** The index of the array's first element. */
  #base = 0;
  #lowest = Infinity;
  #highest = -Infinity;

  /** @param maxLength - how many indices the range may have */
  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  /** Infinite where nothing was counted. */
  get lowest(): number {
    return this.#lowest;
  }

  get highest(): number {
    return this.#highest;
  }

  at(index: number): number {
    return index < this.#lowest || index > this.#highest ? 0 : (this.#counts[index - this.#base] ?? 0);
  }

  add(index: number, count = 1): void {
    if (index < this.#lowest || index > this.#highest) {
      const highest = Math.max(index, this.#highest);
      const floor = highest - this.#maxLength + 1;
      this.#collapse(floor);
      this.#cover(Math.min(this.#lowest, Math.max(index, floor)), highest);
    }
    const at = Math.max(index, this.#lowest) - this.#base;
    this.#counts[at] = (this.#counts[at] ?? 0) + count;
  }

  addAll(other: IndexCounts): void {
    for (let index = other.#lowest; index <= other.#highest; index++) {
      const count = other.at(index);
      if (count > 0) this.add(index, count);
    }
  }

  #collapse(floor: number): void {
    if (this.#lowest >= floor) return;
    let collapsed = 0;
    for (let index = this.#lowest; index < floor; index++) {
      collapsed += this.at(index);
      if (index > this.#highest) break;
      this.#counts[index - this.#base] = 0;
    }
    this.#cover(floor, Math.max(floor, this.#highest));
    this.#lowest = floor;
    this.#counts[floor - this.#base] = (this.#counts[floor - this.#base] ?? 0) + collapsed;
  }

  #cover(lowest: number, highest: number): void {
    if (lowest < this.#base || highest >= this.#base + this.#counts.length) {
      const base = lowest - spareIndices;
      const larger = new Float64Array(highest - base + 1 + spareIndices);
      for (let index = Math.max(base, this.#lowest); index <= this.#highest; index++) {
        larger[index - base] = this.at(index);
      }
      this.#counts = larger;
      this.#base = base;
    }
    this.#lowest = lowest;
    this.#highest = highest;
  }
}
