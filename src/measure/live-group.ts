import { BucketMarks } from './bucket-marks.ts';
import type { ExponentialLayout } from './exponential-counts.ts';
import { ExponentialHistogram } from './exponential-histogram.ts';
import { RunningHistogram, type GroupHistogramCounts } from './running-histogram.ts';
import { SampleSet } from './sample-set.ts';
import type { Group } from './statistics.ts';

/** What is counted of a group's samples. */
export interface LiveHistogramOptions {
  /** Upper bounds of the histogram's buckets in ascending order, without the infinite one. */
  readonly bucketBounds: readonly number[];
  /** Count in exponential buckets too. */
  readonly exponential?: ExponentialLayout | null | undefined;
  /** Remember the latest sample of each bucket with bounds. */
  readonly exemplars?: boolean | undefined;
}

/** One group of a live capture: its samples in the interval, and those in the intervals before. */
export class LiveGroup {
  readonly labels: Readonly<Record<string, string>>;
  readonly #histogram: RunningHistogram;
  readonly #exponential: ExponentialHistogram | undefined;
  readonly #marks: BucketMarks | undefined;
  /** Those of the intervals that are closed. */
  readonly #before = new SampleSet();
  #interval = new SampleSet();
  #intervalSum = 0;
  #lastActiveMs = -Infinity;

  constructor(labels: Readonly<Record<string, string>>, options: LiveHistogramOptions) {
    const { bucketBounds, exponential, exemplars = false } = options;
    this.labels = labels;
    this.#histogram = new RunningHistogram(bucketBounds);
    if (exponential) this.#exponential = new ExponentialHistogram(exponential);
    if (exemplars) this.#marks = new BucketMarks(bucketBounds, 'latest');
  }

  /** When the last sample was added, on the clock of whoever added it. */
  get lastActiveMs(): number {
    return this.#lastActiveMs;
  }

  get intervalSamples(): SampleSet {
    return this.#interval;
  }

  add(value: number, time: bigint | null, nowMs: number): void {
    this.#histogram.add(value);
    this.#exponential?.add(value);
    this.#marks?.offer(value, () => ({ value, time, packet: null }));
    this.#interval.add(value, time);
    this.#intervalSum += value;
    this.#lastActiveMs = nowMs;
  }

  /** Lets the values of closed intervals go. */
  sketchBefore(): void {
    this.#before.sketch();
  }

  /** Lets the values of this interval go. */
  sketchInterval(): void {
    this.#interval.sketch();
  }

  closeInterval(): void {
    if (this.#interval.count === 0 && this.#interval.isExact) return;
    this.#before.addAll(this.#interval);
    this.#interval = new SampleSet();
    this.#intervalSum = 0;
  }

  interval(): Group {
    return { labels: this.labels, ...this.#interval.summary(), runningSum: this.#intervalSum };
  }

  total(): Group {
    const { runningSum } = this.#histogram;
    return { labels: this.labels, ...this.#before.with(this.#interval).summary(), runningSum };
  }

  histogram(): GroupHistogramCounts {
    return {
      labels: this.labels,
      ...this.#histogram.counts(),
      ...(this.#exponential === undefined ? {} : { exponential: this.#exponential.counts() }),
      ...(this.#marks === undefined ? {} : { marks: this.#marks.list() }),
    };
  }
}
