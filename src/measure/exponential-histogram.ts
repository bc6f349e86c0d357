import { bucketIndex, lowestSchema } from './exponential-bounds.ts';
import {
  coarserCounts,
  zeroThreshold,
  type ExponentialCounts,
  type ExponentialLayout,
} from './exponential-counts.ts';

/**
 * Counts values in exponential buckets, in a bounded space. Which values came decides the result alone, not their order,
 * nor in how many histograms they were before.
 */
export class ExponentialHistogram {
  readonly #maxBuckets: number;
  #schema: number;
  #zeros = 0;
  #positive = new Map<number, number>();
  #negative = new Map<number, number>();

  constructor({ schema, maxBuckets }: ExponentialLayout) {
    this.#schema = schema;
    this.#maxBuckets = maxBuckets;
  }

  /** @param value - any but NaN, which is in no bucket */
  add(value: number, count = 1): void {
    const size = Math.abs(value);
    if (size <= zeroThreshold) this.#zeros += count;
    else if (size > 0) this.#addToBucket(value > 0 ? this.#positive : this.#negative, size, count);
  }

  /** Takes over what another histogram counted; the resolution is the lower of both then, at most. */
  addAll(other: ExponentialHistogram): void {
    this.addCounts(other.counts());
  }

  addCounts(counts: ExponentialCounts): void {
    if (counts.schema < this.#schema) this.#lower(this.#schema - counts.schema);
    this.#zeros += counts.zeroCount;
    const lower = counts.schema - this.#schema;
    addInto(this.#positive, coarserCounts(counts.positive, lower));
    addInto(this.#negative, coarserCounts(counts.negative, lower));
    this.#keepWithin();
  }

  /** What was counted so far; what is added later does not change it. */
  counts(): ExponentialCounts {
    return {
      schema: this.#schema,
      zeroThreshold,
      zeroCount: this.#zeros,
      positive: inOrder(this.#positive),
      negative: inOrder(this.#negative),
    };
  }

  #addToBucket(buckets: Map<number, number>, size: number, count: number): void {
    const index = bucketIndex(size, this.#schema);
    const before = buckets.get(index);
    buckets.set(index, (before ?? 0) + count);
    if (before === undefined) this.#keepWithin();
  }

  #keepWithin(): void {
    while (this.#positive.size + this.#negative.size > this.#maxBuckets && this.#schema > lowestSchema) {
      this.#lower(1);
    }
  }

  #lower(by: number): void {
    this.#schema -= by;
    this.#positive = coarserCounts(this.#positive, by);
    this.#negative = coarserCounts(this.#negative, by);
  }
}

function addInto(buckets: Map<number, number>, others: ReadonlyMap<number, number>): void {
  for (const [index, count] of others) buckets.set(index, (buckets.get(index) ?? 0) + count);
}

function inOrder(buckets: ReadonlyMap<number, number>): Map<number, number> {
  return new Map([...buckets].sort(([a], [b]) => a - b));
}
