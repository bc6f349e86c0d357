import type { MarkedSample } from './marked-sample.ts';

/** Which sample of a bucket is remembered: the largest, the first of equals; or the one that came last. */
export type MarkChoice = 'largest' | 'latest';

/** Remembers one sample for each bucket of a histogram. */
export class BucketMarks {
  readonly #bounds: readonly number[];
  readonly #choice: MarkChoice;
  readonly #marks: (MarkedSample | undefined)[];

  /** @param bounds - upper bounds in ascending order; what is above the last one is one more bucket */
  constructor(bounds: readonly number[], choice: MarkChoice) {
    this.#bounds = bounds;
    this.#choice = choice;
    this.#marks = Array<MarkedSample | undefined>(bounds.length + 1).fill(undefined);
  }

  /** @param mark - makes what is remembered; only called where it is */
  offer(value: number, mark: () => MarkedSample): void {
    const bucket = bucketOf(this.#bounds, value);
    const known = this.#marks[bucket];
    if (this.#choice === 'largest' && known !== undefined && value <= known.value) return;
    this.#marks[bucket] = mark();
  }

  /** Takes over those of another set, as if they came after these. */
  addAll(other: BucketMarks): void {
    for (const mark of other.list()) this.offer(mark.value, () => mark);
  }

  /** In the order of the buckets. */
  list(): MarkedSample[] {
    return this.#marks.filter((mark) => mark !== undefined);
  }
}

/** The number of the bucket that holds a value, found by halving; that behind the last bound is the largest. */
export function bucketOf(bounds: readonly number[], value: number): number {
  let [low, high] = [0, bounds.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value <= (bounds[middle] ?? Infinity)) high = middle;
    else low = middle + 1;
  }
  return low;
}
