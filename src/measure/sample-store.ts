import type { BucketMarks } from './bucket-marks.ts';
import { CountedSamples, type CountingLayout } from './counted-samples.ts';
import { OrderedSamples } from './ordered-samples.ts';
import type { Group } from './statistics.ts';
import { statisticsOf, summarize } from './summarize.ts';
import { TimeSpan } from './time-span.ts';
import { ValueBlocks } from './value-blocks.ts';

/**
 * The samples of one group, in the order in which they came, or in that of their packets where it is given: their values,
 * until they are let go, and what was counted of them from then on.
 */
export class SampleStore {
  readonly labels: Readonly<Record<string, string>>;
  /** When the samples that have a time were taken. */
  readonly times = new TimeSpan();
  /** The samples that are remembered with where they are found. */
  readonly marks: BucketMarks | undefined;
  readonly #values = new ValueBlocks();
  /** In place of the values. */
  #counted: CountedSamples | undefined;
  /** Those that others may yet come before, behind the values. */
  #ordered: OrderedSamples | undefined;

  constructor(labels: Readonly<Record<string, string>>, marks?: BucketMarks) {
    this.labels = labels;
    this.marks = marks;
  }

  get count(): number {
    return (this.#counted?.count ?? this.#values.count) + (this.#ordered?.count ?? 0);
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
    } else if (this.#counted !== undefined) {
      for (const row of rows) this.#counted.add(values[row] ?? NaN);
    } else {
      this.#values.addRows(values, rows);
    }
  }

  /** No sample of a packet before `order` will come any more. */
  settle(order = Infinity): void {
    if (this.#ordered === undefined) return;
    this.#appendAll(this.#ordered.take(order));
    if (this.#ordered.count === 0) this.#ordered = undefined;
  }

  /** Lets the values go, now and from now on. */
  letGo(layout: CountingLayout): void {
    if (this.#counted !== undefined) return;
    const counted = new CountedSamples(layout);
    for (const block of this.#values.take()) for (const value of block) counted.add(value);
    this.#counted = counted;
  }

  /** Takes over the samples of another store, after these. Where it has let its values go, this one must have too. */
  addAll(other: SampleStore): void {
    this.settle();
    other.settle();
    if (other.#counted !== undefined) this.#counted?.addAll(other.#counted);
    else for (const block of other.#values.take()) this.#appendAll(block);
    this.times.includeSpan(other.times);
    if (other.marks !== undefined) this.marks?.addAll(other.marks);
  }

  /** Adds to what is counted of all samples, once the values are let go. */
  countInto(all: CountedSamples): void {
    this.settle();
    if (this.#counted !== undefined) all.addAll(this.#counted);
  }

  /** What is known of the group. The store is empty then. */
  finish(): Group {
    this.settle();
    const { first, last } = this.times;
    const marks = this.marks === undefined ? {} : { marks: this.marks.list() };
    if (this.#counted !== undefined) {
      const distribution = this.#counted.distribution();
      const statistics = statisticsOf(distribution, this.#counted.figures(), first, last);
      return {
        labels: this.labels,
        statistics,
        distribution,
        runningSum: this.#counted.runningSum,
        ...marks,
      };
    }
    const { sorted, runningSum } = this.#values.takeSorted();
    return {
      labels: this.labels,
      statistics: summarize(sorted, first, last),
      distribution: sorted,
      runningSum,
      ...marks,
    };
  }

  #appendAll(values: Float64Array): void {
    if (this.#counted === undefined) for (const value of values) this.#values.add(value);
    else for (const value of values) this.#counted.add(value);
  }
}
