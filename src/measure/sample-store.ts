/** The samples of one group, in the order in which they came. */
export class SampleStore {
  readonly labels: Readonly<Record<string, string>>;
  #values = new Float64Array(16);
  #count = 0;
  #first: bigint | null = null;
  #last: bigint | null = null;

  constructor(labels: Readonly<Record<string, string>>) {
    this.labels = labels;
  }

  /** Nanoseconds since the epoch of the earliest sample, null where no sample has a time. */
  get first(): bigint | null {
    return this.#first;
  }

  get last(): bigint | null {
    return this.#last;
  }

  get count(): number {
    return this.#count;
  }

  /** @param time - nanoseconds since the epoch */
  add(value: number, time: bigint | null): void {
    this.#room(1);
    this.#values[this.#count++] = value;
    if (time !== null) this.#seen(time, time);
  }

  /** Appends the samples of another store. */
  addAll(other: SampleStore): void {
    this.#room(other.#count);
    this.#values.set(other.values(), this.#count);
    this.#count += other.#count;
    this.includeTimesOf(other);
  }

  /** Widens the span of time by that of another store. */
  includeTimesOf(other: SampleStore): void {
    if (other.#first !== null && other.#last !== null) this.#seen(other.#first, other.#last);
  }

  /** The values in the order in which they came: a view, valid until the next sample is added. */
  values(): Float64Array {
    return this.#values.subarray(0, this.#count);
  }

  #room(more: number): void {
    const needed = this.#count + more;
    if (needed <= this.#values.length) return;
    const larger = new Float64Array(Math.max(needed, this.#values.length * 2));
    larger.set(this.#values);
    this.#values = larger;
  }

  #seen(first: bigint, last: bigint): void {
    if (this.#first === null || first < this.#first) this.#first = first;
    if (this.#last === null || last > this.#last) this.#last = last;
  }
}
