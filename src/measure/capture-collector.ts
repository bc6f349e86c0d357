import type { AnyTable } from '../table/table.ts';
import type { CountingLayout } from './counted-samples.ts';
import { CounterCollector, type CounterResult } from './counter-collector.ts';
import type { LabelSource } from './labels.ts';
import { labelsOfMeasurement, tcpAckRtt, type Measurement } from './measurement.ts';
import type { NetworkPrefix } from './network-prefix.ts';
import type { PacketCounter } from './packet-counter.ts';
import { SampleCollector, type MarkOptions } from './sample-collector.ts';
import { SampleRows } from './sample-rows.ts';
import type { MeasurementResult } from './statistics.ts';

/** What is asked of each packet. */
export interface Observed {
  readonly measurements: readonly Measurement[];
  readonly counters: readonly PacketCounter[];
  /** What all of them are grouped by. */
  readonly labels: readonly LabelSource[];
  /** Leave samples of {@link tcpAckRtt} out whose segment was sent more than once. */
  readonly onlySentOnce: boolean;
  readonly prefix?: NetworkPrefix | undefined;
  /** Beyond so many groups of one measurement or counter, the smallest ones are one. */
  readonly maxGroups: number;
}

export interface CaptureCollectorOptions extends Observed {
  readonly occurrenceSeparator: string;
  /** Put before the numbers of TCP streams, which tshark counts anew in each capture. */
  readonly streamPrefix?: string;
  /** Remember the largest sample of each bucket of each group of this measurement. */
  readonly marksOf?: ((measurement: Measurement) => MarkOptions | undefined) | undefined;
  /** How many values of a measurement are kept, all by default: as of `SampleCollector`. */
  readonly exactSamples?: number | undefined;
  /** In which buckets the values of this measurement are counted beyond. */
  readonly countingOf?: ((measurement: Measurement) => CountingLayout | undefined) | undefined;
}

export interface CaptureResults {
  /** In the order of the measurements. */
  readonly measurements: readonly [MeasurementResult, ...MeasurementResult[]];
  readonly counters: readonly CounterResult[];
}

/** Collects everything that is observed in one capture, or, with {@link addAll}, in several. */
export class CaptureCollector {
  readonly #maxGroups: number;
  readonly #measured: readonly { readonly rows: SampleRows; readonly samples: SampleCollector }[];
  readonly #counters: CounterCollector;

  constructor(options: CaptureCollectorOptions) {
    const { measurements, onlySentOnce, maxGroups, marksOf, countingOf, ...common } = options;
    this.#maxGroups = maxGroups;
    this.#measured = measurements.map((measurement) => ({
      rows: new SampleRows({
        measurement,
        labels: labelsOfMeasurement(measurement, common.labels),
        occurrenceSeparator: common.occurrenceSeparator,
        onlySentOnce: onlySentOnce && measurement.field === tcpAckRtt.field,
      }),
      samples: new SampleCollector({
        ...common,
        measurement,
        labels: labelsOfMeasurement(measurement, common.labels),
        marks: marksOf?.(measurement),
        counting: countingOf?.(measurement),
      }),
    }));
    this.#counters = new CounterCollector(common);
  }

  /** Samples so far, of all measurements. */
  get count(): number {
    return this.#measured.reduce((sum, { samples }) => sum + samples.count, 0);
  }

  /** As `SampleCollector.add`, with the columns of `observedSchema`. */
  add(packets: AnyTable, order?: ArrayLike<number>): void {
    for (const { rows, samples } of this.#measured) {
      const found = rows.of({ packets, order });
      samples.add(found.packets, found.order);
    }
    this.#counters.add(packets);
  }

  /** No packet before the one with this number will come any more. */
  settle(order: number): void {
    for (const { samples } of this.#measured) samples.settle(order);
  }

  /** Takes over what another collector with the same options has, behind what is here. */
  addAll(other: CaptureCollector): void {
    this.#measured.forEach(({ samples }, i) => {
      const more = other.#measured[i];
      if (more !== undefined) samples.addAll(more.samples);
    });
    this.#counters.addAll(other.#counters);
  }

  /** The statistics of everything that was added. To be called once. */
  results(): CaptureResults {
    const [first, ...others] = this.#measured.map(({ samples }) => {
      samples.limitGroups(this.#maxGroups);
      return samples.result();
    });
    if (first === undefined) throw new TypeError('Nothing is measured.');
    return {
      measurements: [first, ...others],
      counters: this.#counters.results(this.#maxGroups),
    };
  }
}
