import type { AnyTable } from '../table/table.ts';
import type { CaptureResults, Observed } from './capture-collector.ts';
import type { CounterResult } from './counter-collector.ts';
import { labelsOfMeasurement, type Measurement } from './measurement.ts';
import { LiveCollector } from './live-collector.ts';
import { LiveCounterCollector } from './live-counter-collector.ts';
import type { MeasurementSamples } from './live-status.ts';
import type { LiveHistogramOptions } from './live-group.ts';
import type { GroupHistogramCounts } from './running-histogram.ts';
import { SampleRows } from './sample-rows.ts';
import type { MeasurementResult } from './statistics.ts';

export interface LiveCaptureCollectorOptions extends Omit<Observed, 'onlySentOnce'> {
  readonly occurrenceSeparator: string;
  /** Of each measurement, and of the counters together. */
  readonly maxGroups: number;
  readonly expireMs: number;
  /** How many samples of each measurement are kept value by value. */
  readonly exactSamples: number;
  /** What is counted of the samples of each measurement, in their order. */
  readonly histograms: readonly LiveHistogramOptions[];
}

/** What was observed since the report before, and since the start. */
export interface LiveCaptureReport {
  readonly interval: CaptureResults;
  readonly total: CaptureResults;
}

export interface LiveCaptureCounts {
  /** Since the start, of each measurement. */
  readonly samples: readonly MeasurementSamples[];
  /** Held now, of all measurements and of the counters. */
  readonly groups: number;
  readonly expiredGroups: number;
  /** With packets that were counted there. */
  readonly samplesInOther: number;
}

/** Collects everything that is observed in one live capture, in bounded space. */
export class LiveCaptureCollector {
  readonly #measured: readonly {
    readonly measurement: Measurement;
    readonly rows: SampleRows;
    readonly samples: LiveCollector;
  }[];
  readonly #counters: LiveCounterCollector;

  constructor(options: LiveCaptureCollectorOptions) {
    const { measurements, counters, histograms, exactSamples, ...common } = options;
    this.#measured = measurements.map((measurement, i) => {
      const labels = labelsOfMeasurement(measurement, common.labels);
      const histogram = histograms[i] ?? { bucketBounds: [] };
      return {
        measurement,
        rows: new SampleRows({ measurement, labels, occurrenceSeparator: common.occurrenceSeparator }),
        samples: new LiveCollector({ ...common, ...histogram, measurement, labels, exactSamples }),
      };
    });
    this.#counters = new LiveCounterCollector({ ...common, counters });
  }

  get counts(): LiveCaptureCounts {
    const all = this.#measured.map(({ samples }) => samples.counts);
    const sum = (figure: 'groups' | 'expiredGroups' | 'samplesInOther') =>
      all.reduce((total, counts) => total + counts[figure], 0);
    return {
      samples: this.#measured.map(({ measurement, samples }) => ({
        measurement: measurement.name,
        count: samples.counts.samples,
      })),
      groups: sum('groups') + this.#counters.groups,
      expiredGroups: sum('expiredGroups') + this.#counters.expiredGroups,
      samplesInOther: sum('samplesInOther') + this.#counters.inOther,
    };
  }

  /**
   * @param packets - with the columns of `observedSchema`
   * @param nowMs - of a clock that does not step, for the groups' idle time
   */
  add(packets: AnyTable, nowMs: number): void {
    for (const { rows, samples } of this.#measured) {
      samples.add(rows.of({ packets, order: undefined }).packets, nowMs);
    }
    this.#counters.add(packets, nowMs);
  }

  /**
   * Closes the interval, as `LiveCollector.report` does.
   *
   * @param nowMs - of the same clock as that of `add`
   */
  report(nowMs: number): LiveCaptureReport {
    const measured = this.#measured.map(({ samples }) => samples.report(nowMs));
    const counted = this.#counters.report(nowMs);
    return {
      interval: {
        measurements: someResults(measured.map(({ interval }) => interval)),
        counters: counted.interval,
      },
      total: { measurements: someResults(measured.map(({ total }) => total)), counters: counted.total },
    };
  }

  /** Everything since the start, up to now. The interval stays open. */
  results(): CaptureResults {
    return {
      measurements: someResults(this.#measured.map(({ samples }) => samples.result())),
      counters: this.counted(),
    };
  }

  /** What was counted since the start, up to now. */
  counted(): readonly CounterResult[] {
    return this.#counters.results();
  }

  /**
   * The histogram of each group of one measurement, in the order of the values of the labels.
   *
   * @param at - the measurement's place among all of them
   */
  histograms(at: number): Iterable<GroupHistogramCounts> {
    return this.#measured[at]?.samples.histograms() ?? [];
  }
}

function someResults([first, ...others]: readonly MeasurementResult[]): CaptureResults['measurements'] {
  if (first === undefined) throw new TypeError('Nothing is measured.');
  return [first, ...others];
}
