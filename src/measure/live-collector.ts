import type { AnyTable } from '../table/table.ts';
import { aboutMeasurement } from './measurement.ts';
import { eachSample, type CollectorOptions } from './each-sample.ts';
import { byCountThenLabels, byLabels } from './group-order.ts';
import { LiveGroups, type LiveGroupsOptions } from './live-groups.ts';
import type { GroupHistogramCounts } from './running-histogram.ts';
import { SampleSet, type SampleSummary } from './sample-set.ts';
import type { Group, MeasurementResult } from './statistics.ts';
import { sketchRelativeError } from './value-sketch.ts';

export interface LiveCollectorOptions extends CollectorOptions, LiveGroupsOptions {
  /** How many samples are kept value by value. Beyond, every distribution is a sketch. */
  readonly exactSamples: number;
}

export interface LiveReport {
  /** What was sampled since the report before: groups without samples are not in it. */
  readonly interval: MeasurementResult;
  /** Since the start. The groups are those that are held, from their first sample on; the total is of all samples. */
  readonly total: MeasurementResult;
}

export interface LiveCounts {
  /** Since the start. */
  readonly samples: number;
  /** Held now, with the one for all others. */
  readonly groups: number;
  readonly expiredGroups: number;
  readonly samplesInOther: number;
}

/**
 * Takes tables of packets for as long as a capture lasts, in bounded space, and tells the statistics of each interval
 * and of all. They are those of `SampleCollector`, bit for bit, until there are more samples than are to be kept:
 * counts, extremes, sums and histograms are as before then, and quantiles come from a sketch.
 */
export class LiveCollector {
  readonly #options: LiveCollectorOptions;
  readonly #groups: LiveGroups;
  /** Of all groups, those that were let go included, up to the last report. */
  readonly #before = new SampleSet();
  #samples = 0;
  #intervalSamples = 0;
  #samplesInOther = 0;

  constructor(options: LiveCollectorOptions) {
    this.#options = options;
    this.#groups = new LiveGroups(options);
  }

  get counts(): LiveCounts {
    return {
      samples: this.#samples,
      groups: this.#groups.size,
      expiredGroups: this.#groups.expired,
      samplesInOther: this.#samplesInOther,
    };
  }

  /**
   * @param packets - with the columns of `measurementSchema`; rows without a value are no samples
   * @param nowMs - of a clock that does not step, for the groups' idle time
   */
  add(packets: AnyTable, nowMs: number): void {
    const find = (labelValues: readonly string[]) => this.#groups.of(labelValues);
    eachSample(packets, this.#options, find, ({ group, isOther }, value, time) => {
      group.add(value, time, nowMs);
      this.#samples += 1;
      this.#intervalSamples += 1;
      if (isOther) this.#samplesInOther += 1;
    });
    if (!this.#isExact) {
      this.#before.sketch();
      this.#groups.sketchBefore();
    }
    if (!this.#intervalIsExact) this.#groups.sketchInterval();
  }

  /**
   * Closes the interval. Groups that have been idle for too long are in this report's total for the last time.
   *
   * @param nowMs - of the same clock as that of `add`
   */
  report(nowMs: number): LiveReport {
    const all = this.#intervalOfAll();
    const active = [...this.#groups].filter(({ intervalSamples }) => intervalSamples.count > 0);
    const interval = this.#measured(
      active.map((group) => group.interval()),
      all.summary(),
      this.#intervalIsExact,
    );
    this.#before.addAll(all);
    this.#groups.closeInterval();
    this.#intervalSamples = 0;
    const total = this.result();
    this.#groups.expire(nowMs);
    return { interval, total };
  }

  /** Everything since the start, up to now. The interval stays open. */
  result(): MeasurementResult {
    return this.#measured(
      Array.from(this.#groups, (group) => group.total()),
      this.#before.with(this.#intervalOfAll()).summary(),
      this.#isExact,
    );
  }

  /** The histogram of each group, in the order of the values of the labels. */
  *histograms(): Generator<GroupHistogramCounts, void, undefined> {
    for (const group of [...this.#groups].sort(byLabels)) yield group.histogram();
  }

  get #isExact(): boolean {
    return this.#samples <= this.#options.exactSamples;
  }

  get #intervalIsExact(): boolean {
    return this.#intervalSamples <= this.#options.exactSamples;
  }

  #intervalOfAll(): SampleSet {
    const all = new SampleSet();
    if (!this.#intervalIsExact) all.sketch();
    for (const { intervalSamples } of this.#groups) all.addAll(intervalSamples);
    return all;
  }

  #measured(groups: Group[], all: SampleSummary, isExact: boolean): MeasurementResult {
    const { measurement, labels } = this.#options;
    return {
      ...aboutMeasurement(measurement),
      quantileMethod: isExact ? 'exact' : 'sketch',
      quantileRelativeError: isExact ? null : sketchRelativeError,
      labelNames: labels.map(({ label }) => label),
      groups: groups.sort(byCountThenLabels),
      total: all.statistics,
      distribution: all.distribution,
    };
  }
}
