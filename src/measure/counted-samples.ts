import { CountedValues } from './counted-values.ts';
import type { Distribution } from './distribution.ts';
import type { ExponentialLayout } from './exponential-counts.ts';
import { ExponentialHistogram } from './exponential-histogram.ts';
import { RunningHistogram } from './running-histogram.ts';
import { SketchedSamples } from './sketched-samples.ts';
import type { Figures } from './summarize.ts';

/** In which buckets values are counted that are not kept. */
export interface CountingLayout {
  /** Upper bounds in ascending order, without the infinite one. */
  readonly bounds: readonly number[];
  readonly exponential?: ExponentialLayout | null | undefined;
}

/** What is known of samples that are not kept: their sketch and figures, and their histograms. */
export class CountedSamples {
  readonly #layout: CountingLayout;
  readonly #sketched = new SketchedSamples();
  readonly #histogram: RunningHistogram;
  readonly #exponential: ExponentialHistogram | undefined;

  constructor(layout: CountingLayout) {
    this.#layout = layout;
    this.#histogram = new RunningHistogram(layout.bounds);
    if (layout.exponential) this.#exponential = new ExponentialHistogram(layout.exponential);
  }

  get count(): number {
    return this.#sketched.count;
  }

  /** The values added up one by one. */
  get runningSum(): number {
    return this.#histogram.runningSum;
  }

  add(value: number): void {
    this.#sketched.add(value);
    this.#histogram.add(value);
    this.#exponential?.add(value);
  }

  /** Takes over what is known of other samples, counted in the same buckets. */
  addAll(other: CountedSamples): void {
    this.#sketched.addAll(other.#sketched);
    this.#histogram.addAll(other.#histogram);
    if (other.#exponential !== undefined) this.#exponential?.addAll(other.#exponential);
  }

  figures(): Figures {
    return this.#sketched.figures();
  }

  distribution(): Distribution {
    const { bounds, exponential: layout } = this.#layout;
    const counts = this.#exponential?.counts();
    return new CountedValues({
      values: this.#sketched.distribution(),
      bounds,
      cumulativeCounts: this.#histogram.counts().cumulativeCounts,
      exponential: layout && counts ? { layout, counts } : undefined,
    });
  }
}
