import { coarserIndex, highestSchema, lowestSchema } from './exponential-bounds.ts';

/** How exponential buckets are cut. */
export interface ExponentialLayout {
  /**
   * The resolution, from −4 to 8: from one bucket to the next, bounds grow by 2^(2^−schema). At 3 they grow by 9 %,
   * so that a quantile is at most that far from the truth.
   */
  readonly schema: number;
  /** With more occupied buckets than that, the resolution is lowered, down to −4. */
  readonly maxBuckets: number;
}

/** What Prometheus' client for Go has by default for a growth factor of 1.1; and room for 20 powers of two. */
export const defaultExponentialLayout: ExponentialLayout = { schema: 3, maxBuckets: 160 };

/** Values of at most this size are counted as zeros: 2^−128, which Prometheus' client for Go has too. */
export const zeroThreshold = 2 ** -128;

/** Counts in exponential buckets, at one moment. */
export interface ExponentialCounts {
  /** Not higher than that of the layout. */
  readonly schema: number;
  readonly zeroThreshold: number;
  readonly zeroCount: number;
  /** Occupied buckets, index to count, the index growing: see `bucketIndex`. */
  readonly positive: ReadonlyMap<number, number>;
  /** The same of values below zero, by their size. */
  readonly negative: ReadonlyMap<number, number>;
}

/** Whether a schema is one. */
export function isSchema(schema: number): boolean {
  return Number.isInteger(schema) && schema >= lowestSchema && schema <= highestSchema;
}

/** The same counts at a lower resolution. */
export function coarserCounts(
  counts: ReadonlyMap<number, number>,
  schemasLower: number,
): Map<number, number> {
  if (schemasLower === 0) return new Map(counts);
  const coarser = new Map<number, number>();
  for (const [index, count] of counts) {
    const holder = coarserIndex(index, schemasLower);
    coarser.set(holder, (coarser.get(holder) ?? 0) + count);
  }
  return coarser;
}
