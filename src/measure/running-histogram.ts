import { bucketOf } from './bucket-marks.ts';
import type { ExponentialCounts } from './exponential-counts.ts';
import type { MarkedSample } from './marked-sample.ts';

/** What a histogram tells of one group: counts that only grow. */
export interface GroupHistogramCounts {
  readonly labels: Readonly<Record<string, string>>;
  /** For each bound, how many values are at most it. */
  readonly cumulativeCounts: readonly number[];
  readonly count: number;
  /** The values added up one by one, as every Prometheus client does it. */
  readonly runningSum: number;
  /** The same values in exponential buckets, where they were asked for. */
  readonly exponential?: ExponentialCounts | undefined;
  /** The latest sample of each bucket, in their order, where they were asked for. */
  readonly marks?: readonly MarkedSample[] | undefined;
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
    const bucket = bucketOf(this.#bounds, value);
    if (bucket < this.#counts.length) this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
  }

  /** Takes over what another one counted, with the same bounds; its sum is added as one value. */
  addAll(other: RunningHistogram): void {
    this.#count += other.#count;
    this.#runningSum += other.#runningSum;
    for (const [bucket, count] of other.#counts.entries())
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + count;
  }

  get runningSum(): number {
    return this.#runningSum;
  }

  counts(): Omit<GroupHistogramCounts, 'labels'> {
    let before = 0;
    const cumulativeCounts = Array.from(this.#counts, (count) => (before += count));
    return { cumulativeCounts, count: this.#count, runningSum: this.#runningSum };
  }
}
