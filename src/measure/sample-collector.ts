import type { AnyTable } from '../table/table.ts';
import { aboutMeasurement, timeField } from './measurement.ts';
import { labelsOf, type CollectorOptions } from './each-sample.ts';
import { BucketMarks } from './bucket-marks.ts';
import { byCountThenLabels, byLabels } from './group-order.ts';
import { otherValue } from './other-group.ts';
import { originOf } from './packet-origin.ts';
import { sampleRuns, type SampleRuns } from './sample-runs.ts';
import { SampleStore } from './sample-store.ts';
import { SortedValues } from './sorted-values.ts';
import type { Group, MeasurementResult } from './statistics.ts';
import { summarize } from './summarize.ts';
import { TimeSpan } from './time-span.ts';

export interface SampleCollectorOptions extends CollectorOptions {
  /** Remember the largest sample of each bucket of each group: needs the columns of `originSchema`. */
  readonly marks?: MarkOptions | undefined;
}

export interface MarkOptions {
  /** Upper bounds in ascending order, without the infinite one. */
  readonly bounds: readonly number[];
  /** The capture that the packets are in; null where it has no name. */
  readonly file: string | null;
}

/** Takes tables of packets and keeps the samples, group by group, until their statistics are asked for. */
export class SampleCollector {
  readonly #options: SampleCollectorOptions;
  readonly #stores = new Map<string, SampleStore>();
  #count = 0;
  #otherGroups = 0;

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
    const { values, runs } = sampleRuns(packets, this.#options, storeOf);
    for (const { target, rows, first, last } of runs) {
      target.addRows(values, rows, order);
      for (const time of [first, last]) if (time !== null) target.times.include(time);
      this.#count += rows.length;
    }
    if (this.#options.marks !== undefined) this.#mark(packets, { values, runs });
  }

  /** No packet before the one with this number will come any more: spares the memory that their order takes. */
  settle(order: number): void {
    for (const store of this.#stores.values()) store.settle(order);
  }

  /** Takes over the samples of another collector with the same labels, after those that are here. */
  addAll(other: SampleCollector): void {
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

  /** The statistics of everything that was added. */
  result(): MeasurementResult {
    const { measurement, labels } = this.#options;
    const stores = [...this.#stores.values()];
    const all = new Float64Array(this.#count);
    const times = new TimeSpan();
    let filled = 0;
    for (const store of stores) {
      all.set(store.values(), filled);
      filled += store.count;
      times.includeSpan(store.times);
    }
    all.sort();
    return {
      ...aboutMeasurement(measurement),
      quantileMethod: 'exact',
      quantileRelativeError: null,
      labelNames: labels.map(({ label }) => label),
      ...(this.#otherGroups === 0 ? {} : { otherGroups: this.#otherGroups }),
      groups: stores.map(groupOf).sort(byCountThenLabels),
      total: summarize(all, times.first, times.last),
      distribution: new SortedValues(all),
    };
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
      this.#stores.set(key, store);
    }
    return store;
  }
}

function groupOf(store: SampleStore): Group {
  const values = store.values();
  let runningSum = 0;
  for (const value of values) runningSum += value;
  const sorted = values.slice().sort();
  return {
    labels: store.labels,
    statistics: summarize(sorted, store.times.first, store.times.last),
    distribution: new SortedValues(sorted),
    runningSum,
    ...(store.marks === undefined ? {} : { marks: store.marks.list() }),
  };
}
