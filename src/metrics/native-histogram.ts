import type { ExponentialCounts } from '../measure/exponential-counts.ts';

/** Consecutive buckets. */
export interface BucketSpan {
  /** Empty buckets since the span before; of the first span, the index of its first bucket. */
  readonly offset: number;
  readonly length: number;
}

/** The buckets of one sign as Prometheus writes them. */
export interface SpannedBuckets {
  readonly spans: readonly BucketSpan[];
  /** For each bucket of the spans, its count less that of the bucket before; the first one's is its count. */
  readonly deltas: readonly number[];
}

/** A native histogram: what Prometheus keeps in one series. */
export interface NativeHistogram {
  readonly schema: number;
  readonly zeroThreshold: number;
  readonly zeroCount: number;
  readonly positive: SpannedBuckets;
  readonly negative: SpannedBuckets;
}

/** Counts in the form in which they are sent. */
export function nativeHistogram(counts: ExponentialCounts): NativeHistogram {
  const { schema, zeroThreshold, zeroCount, positive, negative } = counts;
  return { schema, zeroThreshold, zeroCount, positive: spanned(positive), negative: spanned(negative) };
}

/** So many empty buckets cost no more than a new span. */
const longestFilledGap = 2;

function spanned(buckets: ReadonlyMap<number, number>): SpannedBuckets {
  const spans: { offset: number; length: number }[] = [];
  const deltas: number[] = [];
  let next = 0;
  let before = 0;
  const put = (count: number) => {
    deltas.push(count - before);
    before = count;
  };
  for (const [index, count] of buckets) {
    const gap = index - next;
    const span = spans.at(-1);
    if (span === undefined || gap > longestFilledGap) {
      spans.push({ offset: gap, length: 1 });
    } else {
      for (let empty = 0; empty < gap; empty++) put(0);
      span.length += gap + 1;
    }
    put(count);
    next = index + 1;
  }
  return { spans, deltas };
}
