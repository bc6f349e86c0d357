import { bucketOf } from '../../measure/bucket-marks.ts';
import type { ExponentialLayout } from '../../measure/exponential-counts.ts';
import { ExponentialHistogram } from '../../measure/exponential-histogram.ts';
import type { Exemplar, HistogramSample } from '../metric-family.ts';
import { nativeHistogram } from '../native-histogram.ts';
import { exemplarNow } from './exemplar.ts';
import type { LabelValues } from './label-values.ts';
import { checkNumber } from './numbers.ts';
import { Timed } from './timed.ts';

/** One label set of a histogram. */
export class HistogramSeries extends Timed {
  readonly #metric: string;
  readonly #bounds: readonly number[];
  readonly #counts: Float64Array;
  readonly #exponential: ExponentialHistogram | undefined;
  #exemplars: (Exemplar | undefined)[] | undefined;
  #sum = 0;

  /**
   * @param metric - for messages
   * @param bounds - upper bounds without the infinite one
   * @param layout - of exponential buckets; null for none
   */
  constructor(metric: string, bounds: readonly number[], layout: ExponentialLayout | null) {
    super();
    this.#metric = metric;
    this.#bounds = bounds;
    this.#counts = new Float64Array(bounds.length + 1);
    this.#exponential = layout === null ? undefined : new ExponentialHistogram(layout);
  }

  /**
   * Counts one observation.
   *
   * @param value - NaN is in no bucket, and makes the sum NaN
   * @param exemplar - labels that lead to what was observed, 128 characters at most; protobuf and OpenMetrics have them
   */
  observe(value: number, exemplar?: LabelValues<string>): void {
    checkNumber(this.#metric, value);
    // Made first: where it is refused, nothing was counted.
    const made = exemplar === undefined ? undefined : exemplarNow(this.#metric, exemplar, value);
    this.#sum += value;
    if (Number.isNaN(value)) return;
    const bucket = bucketOf(this.#bounds, value);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#exponential?.add(value);
    if (made === undefined) return;
    this.#exemplars ??= Array<Exemplar | undefined>(this.#counts.length).fill(undefined);
    this.#exemplars[bucket] = made;
  }

  /** What was counted so far. */
  counts(): Omit<HistogramSample, 'labels'> {
    const cumulativeCounts: number[] = [];
    let count = 0;
    for (const counted of this.#counts) cumulativeCounts.push((count += counted));
    return {
      bounds: this.#bounds,
      cumulativeCounts,
      count,
      sum: this.#sum,
      native: this.#exponential && nativeHistogram(this.#exponential.counts()),
      exemplars: this.#exemplars,
    };
  }

  protected override took(seconds: number): void {
    this.observe(seconds);
  }
}
