import type { AnyTable } from '../table/table.ts';
import { aboutMeasurement, timeField } from './measurement.ts';
import { labelsOf, type CollectorOptions } from './each-sample.ts';
import { BucketMarks } from './bucket-marks.ts';
import { CountedSamples, type CountingLayout } from './counted-samples.ts';
import { byCountThenLabels, byLabels } from './group-order.ts';
import { otherValue } from './other-group.ts';
import { originOf } from './packet-origin.ts';
import { PartedValues } from './parted-values.ts';
import { sampleRuns, type SampleRuns } from './sample-runs.ts';
import type { SampleSummary } from './sample-set.ts';
import { SampleStore } from './sample-store.ts';
import { SortedValues } from './sorted-values.ts';
import type { Group, MeasurementResult } from './statistics.ts';
import { statisticsOf, summarize } from './summarize.ts';
import { TimeSpan } from './time-span.ts';
import { sketchRelativeError } from './value-sketch.ts';

export interface SampleCollectorOptions extends CollectorOptions {
  /** How many values are kept, all by default. Beyond, they are counted, and quantiles come from a sketch. */
  readonly exactSamples?: number | undefined;
  /** In which buckets values are counted then; in none by default. */
  readonly counting?: CountingLayout | undefined;
  /** Remember the largest sample of each bucket of each group: needs the columns of `originSchema`. */
  readonly marks?: MarkOptions | undefined;
}

export interface MarkOptions {
  /** Upper bounds in ascending order, without the infinite one. */
  readonly bounds: readonly number[];
  /** The capture that the packets are in; null where it has no name. */
  readonly file: string | null;
}

/** More values than these are not sorted once more for the total: 16 MB. */
const mostCopied = 2_000_000;

/** More sets of raw fields than these are not remembered. */
const mostFound = 100_000;

/** Takes tables of packets and keeps the samples, group by group, until their statistics are asked for. */
export class SampleCollector {
  readonly #options: SampleCollectorOptions;
  readonly #stores = new Map<string, SampleStore>();
  /** The store of each set of raw fields that was met. */
  readonly #found = new Map<string, SampleStore>();
  #count = 0;
  #otherGroups = 0;
  /** Whether the values are kept. */
  #isExact = true;

  constructor(options: SampleCollectorOptions) {
    this.#options = options;
  }

  /** Samples so far. */
  get count(): number {
    return this.#count;
  }

  /**
   * Samples are in the order of the rows that are added. Where several processes read the packets of one capture, their
   * tables may come in any order, if the packets' numbers are given; within one table they ascend.
   *
   * @param packets - with the columns of `measurementSchema`; rows without a value are no samples
   * @param order - for each row the number of its packet in the whole capture, below 2^32
   */
  add(packets: AnyTable, order?: ArrayLike<number>): void {
    const storeOf = (labelValues: readonly string[]) => this.#store(labelValues);
    const { values, runs } = sampleRuns(packets, this.#options, storeOf, this.#found);
    if (this.#found.size > mostFound) this.#found.clear();
    for (const { target, rows, first, last } of runs) {
      target.addRows(values, rows, order);
      for (const time of [first, last]) if (time !== null) target.times.include(time);
      this.#count += rows.length;
    }
    if (this.#options.marks !== undefined) this.#mark(packets, { values, runs });
    if (this.#count > this.#mostExact) this.#letGo();
  }

  /** No packet before the one with this number will come any more: spares the memory that their order takes. */
  settle(order: number): void {
    for (const store of this.#stores.values()) store.settle(order);
  }

  /** Takes over the samples of another collector with the same options, after those that are here. */
  addAll(other: SampleCollector): void {
    if (!other.#isExact || this.#count + other.#count > this.#mostExact) {
      this.#letGo();
      other.#letGo();
    }
    for (const [key, store] of other.#stores) {
      const known = this.#stores.get(key);
      if (known === undefined) this.#stores.set(key, store);
      else known.addAll(store);
    }
    this.#count += other.#count;
  }

  /** Beyond so many groups, makes the smallest ones one, whose every label is `other`. */
  limitGroups(maxGroups: number): void {
    if (this.#stores.size <= maxGroups || this.#options.labels.length === 0) return;
    const bySize = [...this.#stores.values()].sort((a, b) => b.count - a.count || byLabels(a, b));
    const others = bySize.slice(maxGroups);
    for (const { labels } of others) this.#stores.delete(JSON.stringify(Object.values(labels)));
    const rest = this.#store(this.#options.labels.map(() => otherValue));
    for (const store of others) rest.addAll(store);
    this.#otherGroups = others.length;
  }

  /** The statistics of everything that was added. To be called once, at the end. */
  result(): MeasurementResult {
    const { measurement, labels } = this.#options;
    const groups = [...this.#stores.values()].map((store) => store.finish()).sort(byCountThenLabels);
    const { statistics, distribution } = this.#isExact ? this.#exactTotal(groups) : this.#countedTotal();
    return {
      ...aboutMeasurement(measurement),
      quantileMethod: this.#isExact ? 'exact' : 'sketch',
      quantileRelativeError: this.#isExact ? null : sketchRelativeError,
      labelNames: labels.map(({ label }) => label),
      ...(this.#otherGroups === 0 ? {} : { otherGroups: this.#otherGroups }),
      groups,
      total: statistics,
      distribution,
    };
  }

  #exactTotal(groups: readonly Group[]): SampleSummary {
    const { first, last } = this.#times();
    const [only] = groups;
    if (only !== undefined && groups.length === 1) return only;
    const parts = groups.flatMap(({ distribution }) =>
      distribution instanceof SortedValues ? distribution : [],
    );
    if (this.#count > mostCopied) {
      const distribution = new PartedValues(parts);
      return { statistics: statisticsOf(distribution, distribution.figures(), first, last), distribution };
    }
    const all = new Float64Array(this.#count);
    let filled = 0;
    for (const part of parts) {
      all.set(part.values, filled);
      filled += part.count;
    }
    all.sort();
    return { statistics: summarize(all, first, last), distribution: new SortedValues(all) };
  }

  #countedTotal(): SampleSummary {
    const { first, last } = this.#times();
    const all = new CountedSamples(this.#counting);
    // Sums depend on the order, and the stores' own one on which sample came first.
    for (const store of [...this.#stores.values()].sort(byLabels)) store.countInto(all);
    const distribution = all.distribution();
    return { statistics: statisticsOf(distribution, all.figures(), first, last), distribution };
  }

  #times(): TimeSpan {
    const times = new TimeSpan();
    for (const store of this.#stores.values()) times.includeSpan(store.times);
    return times;
  }

  get #mostExact(): number {
    return this.#options.exactSamples ?? Infinity;
  }

  get #counting(): CountingLayout {
    return this.#options.counting ?? { bounds: [] };
  }

  #letGo(): void {
    this.#isExact = false;
    for (const store of this.#stores.values()) store.letGo(this.#counting);
  }

  #mark(packets: AnyTable, { values, runs }: SampleRuns<SampleStore>): void {
    const { marks, occurrenceSeparator } = this.#options;
    const times = packets.column(timeField);
    const origin = originOf(packets, marks?.file ?? null, occurrenceSeparator);
    for (const { target, rows } of runs) {
      for (const row of rows) {
        const value = values[row] ?? NaN;
        target.marks?.offer(value, () => {
          const time = times.get(row);
          return { value, time: typeof time === 'bigint' ? time : null, packet: origin(row) };
        });
      }
    }
  }

  #store(labelValues: readonly string[]): SampleStore {
    const key = JSON.stringify(labelValues);
    let store = this.#stores.get(key);
    if (store === undefined) {
      const { labels, marks } = this.#options;
      const remembered = marks === undefined ? undefined : new BucketMarks(marks.bounds, 'largest');
      store = new SampleStore(labelsOf(labels, labelValues), remembered);
      if (!this.#isExact) store.letGo(this.#counting);
      this.#stores.set(key, store);
    }
    return store;
  }
}
