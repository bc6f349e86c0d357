import { groupRows } from '../table/group-rows.ts';
import type { AnyTable } from '../table/table.ts';
import type { LabelSource } from './labels.ts';
import { labelValue } from './label-values.ts';
import { labelFields, timeField, type Measurement } from './measurement.ts';
import { SampleStore } from './sample-store.ts';
import { SortedValues } from './sorted-values.ts';
import type { Group, MeasurementResult } from './statistics.ts';
import { summarize } from './summarize.ts';

export interface CollectorOptions {
  readonly measurement: Measurement;
  /** What the samples are grouped by; none puts all into one group. */
  readonly labels: readonly LabelSource[];
  /** Put before the numbers of TCP streams, which tshark counts anew in each capture. */
  readonly streamPrefix?: string;
  /** Between several occurrences of a field in one packet. */
  readonly occurrenceSeparator: string;
}

/** Takes tables of packets and keeps the samples, group by group, until their statistics are asked for. */
export class SampleCollector {
  readonly #options: CollectorOptions;
  readonly #stores = new Map<string, SampleStore>();
  #count = 0;

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  /** Samples so far. */
  get count(): number {
    return this.#count;
  }

  /** @param packets - with the columns of `measurementSchema`; rows without a value are no samples */
  add(packets: AnyTable): void {
    const { measurement, labels } = this.#options;
    const times = packets.column(timeField);
    const values = packets.column(measurement.field);
    const keys = labelFields(labels).map((name) => packets.column(name));
    const { firstRows, rows, offsets } = groupRows(keys, packets.rowCount);
    const storeOfRow = new Array<SampleStore>(packets.rowCount);
    for (const [group, firstRow] of firstRows.entries()) {
      if (firstRow >= packets.rowCount) continue;
      const store = this.#store(packets, firstRow);
      for (let at = offsets[group] ?? 0; at < (offsets[group + 1] ?? 0); at++)
        storeOfRow[rows[at] ?? 0] = store;
    }
    // Row after row: several keys can have the same labels, and a running sum depends on the order.
    for (const [row, store] of storeOfRow.entries()) {
      const value = values.get(row);
      if (typeof value !== 'number') continue;
      const time = times.get(row);
      store.add(value, typeof time === 'bigint' ? time : null);
      this.#count += 1;
    }
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

  /** The statistics of everything that was added. */
  result(): MeasurementResult {
    const { measurement, labels } = this.#options;
    const stores = [...this.#stores.values()].filter(({ count }) => count > 0);
    const all = new Float64Array(this.#count);
    const total = new SampleStore({});
    let filled = 0;
    for (const store of stores) {
      all.set(store.values(), filled);
      filled += store.count;
      total.includeTimesOf(store);
    }
    all.sort();
    return {
      name: measurement.name,
      field: measurement.field,
      unit: measurement.unit,
      quantileMethod: 'exact',
      quantileRelativeError: null,
      labelNames: labels.map(({ label }) => label),
      groups: stores.map(groupOf).sort(byCountThenLabels),
      total: summarize(all, total.first, total.last),
      distribution: new SortedValues(all),
    };
  }

  #store(packets: AnyTable, row: number): SampleStore {
    const { labels, streamPrefix = '', occurrenceSeparator } = this.#options;
    const field = (name: string) => {
      const text = packets.column(name).get(row);
      return typeof text === 'string' ? text.split(occurrenceSeparator) : [];
    };
    const labelled = labels.map(({ label, source }) => {
      const value = labelValue(source, field);
      return [label, label === 'stream' && value !== '' ? streamPrefix + value : value] as const;
    });
    const key = JSON.stringify(labelled.map(([, value]) => value));
    let store = this.#stores.get(key);
    if (store === undefined) {
      store = new SampleStore(Object.fromEntries(labelled));
      this.#stores.set(key, store);
    }
    return store;
  }
}

function groupOf(store: SampleStore): Group {
  const values = store.values();
  let runningSum = 0;
  for (const value of values) runningSum += value;
  const sortedValues = values.slice().sort();
  return {
    labels: store.labels,
    statistics: summarize(sortedValues, store.first, store.last),
    distribution: new SortedValues(sortedValues),
    runningSum,
  };
}

function byCountThenLabels(a: Group, b: Group): number {
  const byCount = b.statistics.count - a.statistics.count;
  if (byCount !== 0) return byCount;
  for (const [name, value] of Object.entries(a.labels)) {
    const other = b.labels[name] ?? '';
    if (value !== other) return value < other ? -1 : 1;
  }
  return 0;
}
