/** The earliest and the latest of some times. */
export class TimeSpan {
  #first: bigint | null = null;
  #last: bigint | null = null;

  /** Nanoseconds since the epoch; null where there was no time. */
  get first(): bigint | null {
    return this.#first;
  }

  get last(): bigint | null {
    return this.#last;
  }

  /** @param time - nanoseconds since the epoch */
  include(time: bigint): void {
    if (this.#first === null || time < this.#first) this.#first = time;
    if (this.#last === null || time > this.#last) this.#last = time;
  }

  includeSpan({ first, last }: TimeSpan): void {
    if (first !== null) this.include(first);
    if (last !== null) this.include(last);
  }
}
