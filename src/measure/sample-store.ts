import type { BucketMarks } from './bucket-marks.ts';
import { TimeSpan } from './time-span.ts';

/** The samples of one group, in the order in which they came. */
export class SampleStore {
  readonly labels: Readonly<Record<string, string>>;
  /** When the samples that have a time were taken. */
  readonly times = new TimeSpan();
  /** The samples that are remembered with where they are found. */
  readonly marks: BucketMarks | undefined;
  #values = new Float64Array(16);
  #count = 0;

  constructor(labels: Readonly<Record<string, string>>, marks?: BucketMarks) {
    this.labels = labels;
    this.marks = marks;
  }

  get count(): number {
    return this.#count;
  }

  /** @param time - nanoseconds since the epoch */
  add(value: number, time: bigint | null): void {
    this.#room(1);
    this.#values[this.#count++] = value;
    if (time !== null) this.times.include(time);
  }

  /** Appends the samples of another store. */
  addAll(other: SampleStore): void {
    this.#room(other.#count);
    this.#values.set(other.values(), this.#count);
    this.#count += other.#count;
    this.times.includeSpan(other.times);
    if (other.marks !== undefined) this.marks?.addAll(other.marks);
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
}
