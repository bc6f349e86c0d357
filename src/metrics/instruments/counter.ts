import type { CounterFamily } from '../metric-family.ts';
import { CounterSeries, type ErrorClass } from './counter-series.ts';
import { Instrument, type InstrumentOptions } from './instrument.ts';
import type { LabelValues } from './label-values.ts';
import type { Callable } from './settled.ts';

export interface CounterOptions<Label extends string> extends InstrumentOptions<Label, Counter<Label>> {
  /** The base unit, such as `seconds` or `bytes`: the name's end, where it is not there yet. */
  readonly unit?: string | undefined;
}

/** Something that only grows. */
export class Counter<Label extends string = never> extends Instrument<Label, CounterSeries> {
  /** @throws RttsharkError `usage` for names that Prometheus does not take, and for those that are taken */
  constructor(options: CounterOptions<Label>) {
    super('counter', options, () => new CounterSeries(options.name));
  }

  /**
   * Adds to the counter.
   *
   * @param value - 1 by default; not negative
   * @param exemplar - labels that lead to what was counted, 128 characters at most; protobuf and OpenMetrics have them
   */
  inc(value?: number, exemplar?: LabelValues<string>): void;
  inc(labels: LabelValues<Label>, value?: number, exemplar?: LabelValues<string>): void;
  inc(...given: readonly unknown[]): void {
    const [series, rest] = this.addressed<Parameters<CounterSeries['inc']>>(given);
    series.inc(...rest);
  }

  /** See `CounterSeries`, which `labels` gives. */
  countExceptions<Result>(block: () => Result, ...classes: readonly ErrorClass[]): Result {
    return this.labels().countExceptions(block, ...classes);
  }

  /** See `CounterSeries`, which `labels` gives. */
  countingExceptions<This, Given extends unknown[], Result>(
    called: Callable<This, Given, Result>,
    ...classes: readonly ErrorClass[]
  ): Callable<This, Given, Result> {
    return this.labels().countingExceptions(called, ...classes);
  }

  /** See `CounterSeries`, which `labels` gives. */
  setFunction(read: () => number | Promise<number>): void {
    this.labels().setFunction(read);
  }

  protected override bringUpToDate(series: CounterSeries): Promise<void> | undefined {
    return series.read();
  }

  protected override familyOf(): CounterFamily {
    const { bareName: name, help, unit } = this;
    const samples = this.samples((labels, { value, exemplar }) => ({ labels, value, exemplar }));
    return { type: 'counter', name, help, unit, samples };
  }
}
