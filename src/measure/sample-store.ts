import type { BucketMarks } from './bucket-marks.ts';
import { OrderedSamples } from './ordered-samples.ts';
import { TimeSpan } from './time-span.ts';

/** The samples of one group, in the order in which they came, or in that of their packets where it is given. */
export class SampleStore {
  readonly labels: Readonly<Record<string, string>>;
  /** When the samples that have a time were taken. */
  readonly times = new TimeSpan();
  /** The samples that are remembered with where they are found. */
  readonly marks: BucketMarks | undefined;
  #values = new Float64Array(16);
  #count = 0;
  /** Those that others may yet come before, behind `#values`. */
  #ordered: OrderedSamples | undefined;
  #orderedCount = 0;

  constructor(labels: Readonly<Record<string, string>>, marks?: BucketMarks) {
    this.labels = labels;
    this.marks = marks;
  }

  get count(): number {
    return this.#count + this.#orderedCount;
  }

  /**
   * Adds the values of these rows.
   *
   * @param order - for each row the packet's number in the whole capture, where samples do not come in their order
   */
  addRows(values: ArrayLike<number>, rows: Uint32Array, order?: ArrayLike<number>): void {
    if (order !== undefined) {
      this.#ordered ??= new OrderedSamples();
      for (const row of rows) this.#ordered.add(values[row] ?? NaN, order[row] ?? 0);
      this.#orderedCount += rows.length;
      return;
    }
    this.#room(rows.length);
    const own = this.#values;
    let count = this.#count;
    for (const row of rows) own[count++] = values[row] ?? NaN;
    this.#count = count;
  }

  /** No sample of a packet before `order` will come any more. */
  settle(order = Infinity): void {
    this.#ordered?.take(order, (value) => {
      this.#append(value);
      this.#orderedCount -= 1;
    });
    if (this.#orderedCount === 0) this.#ordered = undefined;
  }

  /** Appends the samples of another store. */
  addAll(other: SampleStore): void {
    this.settle();
    other.settle();
    this.#room(other.#count);
    this.#values.set(other.values(), this.#count);
    this.#count += other.#count;
    this.times.includeSpan(other.times);
    if (other.marks !== undefined) this.marks?.addAll(other.marks);
  }

  /** The values in their order: a view, valid until the next sample is added. */
  values(): Float64Array {
    this.settle();
    return this.#values.subarray(0, this.#count);
  }

  #append(value: number): void {
    this.#room(1);
    this.#values[this.#count++] = value;
  }

  #room(more: number): void {
    const needed = this.#count + more;
    if (needed <= this.#values.length) return;
    const larger = new Float64Array(Math.max(needed, this.#values.length * 2));
    larger.set(this.#values);
    this.#values = larger;
  }
}
