import type { Distribution } from './distribution.ts';
import { GrowingValues } from './growing-values.ts';
import { SketchedSamples } from './sketched-samples.ts';
import { SortedValues } from './sorted-values.ts';
import type { Statistics } from './statistics.ts';
import { statisticsOf, summarize } from './summarize.ts';
import { TimeSpan } from './time-span.ts';

/** What is told of a set of samples at one moment. */
export interface SampleSummary {
  readonly statistics: Statistics;
  readonly distribution: Distribution;
}

/**
 * Samples that more are added to for as long as a capture lasts: all their values, until `sketch` is called, and a
 * sketch of them from then on.
 */
export class SampleSet {
  readonly #times = new TimeSpan();
  #samples: GrowingValues | SketchedSamples = new GrowingValues();
  #summary: SampleSummary | undefined;

  get count(): number {
    return this.#samples.count;
  }

  get isExact(): boolean {
    return this.#samples instanceof GrowingValues;
  }

  /** @param time - nanoseconds since the epoch; null where it is not known */
  add(value: number, time: bigint | null): void {
    this.#summary = undefined;
    this.#samples.add(value);
    if (time !== null) this.#times.include(time);
  }

  /** Takes over the samples of another set. Where either is a sketch, this one is a sketch then. */
  addAll(other: SampleSet): void {
    if (other.count === 0) return;
    this.#summary = undefined;
    this.#times.includeSpan(other.#times);
    if (other.#samples instanceof GrowingValues) {
      if (this.#samples instanceof GrowingValues) this.#samples.addAll(other.#samples);
      else for (const value of other.#samples.sorted()) this.#samples.add(value);
    } else {
      this.#sketched().addAll(other.#samples);
    }
  }

  /** Lets the values go. Nothing else that is known of them is lost. */
  sketch(): void {
    this.#sketched();
  }

  /** These samples and those of another set; this one itself where the other is empty. */
  with(other: SampleSet): SampleSet {
    if (other.count === 0) return this;
    const both = new SampleSet();
    if (!this.isExact) both.sketch();
    both.addAll(this);
    both.addAll(other);
    return both;
  }

  /** The same object until samples are added; what is added later does not change it. */
  summary(): SampleSummary {
    this.#summary ??= this.#summarize();
    return this.#summary;
  }

  #sketched(): SketchedSamples {
    if (this.#samples instanceof SketchedSamples) return this.#samples;
    const sketched = new SketchedSamples();
    for (const value of this.#samples.sorted()) sketched.add(value);
    this.#samples = sketched;
    this.#summary = undefined;
    return sketched;
  }

  #summarize(): SampleSummary {
    const { first, last } = this.#times;
    if (this.#samples instanceof GrowingValues) {
      const sorted = this.#samples.sorted();
      return { statistics: summarize(sorted, first, last), distribution: new SortedValues(sorted) };
    }
    const distribution = this.#samples.distribution();
    return { statistics: statisticsOf(distribution, this.#samples.figures(), first, last), distribution };
  }
}
