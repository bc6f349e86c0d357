import { bucketOf } from '../measure/bucket-marks.ts';
import { markLabels } from '../measure/mark-labels.ts';
import type { MarkedSample } from '../measure/marked-sample.ts';
import type { Exemplar, HistogramKind } from './metric-family.ts';

/** When each sample was first given out, in milliseconds since the epoch. */
const firstGiven = new WeakMap<MarkedSample, number>();

/** Whether a format that has native histograms writes exemplars from the largest to the smallest. */
export function slowestFirst(kind: HistogramKind): boolean {
  return kind === 'native';
}

/**
 * The exemplars of one histogram, by bucket.
 *
 * Their time is when they were first given out, a millisecond from one to the next, and not that of the packet: they
 * are then where a dashboard shows the histogram, also of an old capture; and in the order in which they are written,
 * since Prometheus refuses an exemplar that is older than one it has of the series.
 *
 * @param marks - in the order of their buckets
 * @param bounds - of the histogram's buckets, without the infinite one, which the last place is for
 * @param nowMs - since the epoch
 */
export function bucketExemplars(
  marks: readonly MarkedSample[],
  bounds: readonly number[],
  kind: HistogramKind,
  nowMs = Date.now(),
): (Exemplar | undefined)[] {
  const latest = marks.reduce((late, mark) => Math.max(late, firstGiven.get(mark) ?? 0), 0);
  let next = Math.max(nowMs, latest + 1);
  const exemplars = Array<Exemplar | undefined>(bounds.length + 1).fill(undefined);
  for (const mark of slowestFirst(kind) ? marks.toReversed() : marks) {
    const atMs = firstGiven.get(mark) ?? next++;
    firstGiven.set(mark, atMs);
    exemplars[bucketOf(bounds, mark.value)] = { labels: markLabels(mark), value: mark.value, atMs };
  }
  return exemplars;
}
