/** What a histogram tells of one group: counts that only grow. */
export interface GroupHistogramCounts {
  readonly labels: Readonly<Record<string, string>>;
  /** For each bound, how many values are at most it. */
  readonly cumulativeCounts: readonly number[];
  readonly count: number;
  /** The values added up one by one, as every Prometheus client does it. */
  readonly runningSum: number;
}

/** Counts values in buckets, one by one. */
export class RunningHistogram {
  readonly #bounds: readonly number[];
  readonly #counts: Float64Array;
  #count = 0;
  #runningSum = 0;

  /** @param bounds - upper bounds in ascending order, without the infinite one */
  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#counts = new Float64Array(bounds.length);
  }

  add(value: number): void {
    this.#count += 1;
    this.#runningSum += value;
    const bucket = this.#bucketOf(value);
    if (bucket < this.#counts.length) this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
  }

  get runningSum(): number {
    return this.#runningSum;
  }

  counts(): Omit<GroupHistogramCounts, 'labels'> {
    let before = 0;
    const cumulativeCounts = Array.from(this.#counts, (count) => (before += count));
    return { cumulativeCounts, count: this.#count, runningSum: this.#runningSum };
  }

  #bucketOf(value: number): number {
    let [low, high] = [0, this.#bounds.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (value <= (this.#bounds[middle] ?? Infinity)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
