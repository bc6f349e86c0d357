/**
 * The numbers of the packets that one tshark was fed and has not said to be through with. tshark counts its packets
 * itself, from 1 on. Pure.
 */
export class FedNumbers {
  readonly #parts: Float64Array[] = [];
  /** Those of the first part that are done. */
  #done = 0;
  /** What tshark calls the first packet that is not done. */
  #frame = 1;

  /** @param numbers - ascending; -1 for what is no packet of the capture */
  add(numbers: Float64Array): void {
    if (numbers.length > 0) this.#parts.push(numbers);
  }

  /**
   * Takes what tshark numbered so, and all that was fed before: it is through with them.
   *
   * @param frames - ascending, each larger than the last one of the call before
   * @returns the number of each
   */
  take(frames: ArrayLike<number>): Float64Array {
    const numbers = new Float64Array(frames.length);
    for (let i = 0; i < frames.length; i++) numbers[i] = this.#takeUpTo(frames[i] ?? 0);
    return numbers;
  }

  #takeUpTo(frame: number): number {
    this.#done += frame - this.#frame;
    let [part] = this.#parts;
    while (part !== undefined && this.#done >= part.length) {
      this.#done -= part.length;
      this.#parts.shift();
      [part] = this.#parts;
    }
    const number = part?.[this.#done] ?? -1;
    this.#done += 1;
    this.#frame = frame + 1;
    return number;
  }

  /** The first packet that it is not through with; Infinity where there is none. */
  get next(): number {
    for (const [i, part] of this.#parts.entries()) {
      for (let at = i === 0 ? this.#done : 0; at < part.length; at++) {
        const number = part[at] ?? -1;
        if (number >= 0) return number;
      }
    }
    return Infinity;
  }
}
