import type { GaugeFamily } from '../metric-family.ts';
import { startClock } from './clock.ts';
import { GaugeSeries } from './gauge-series.ts';
import { Instrument, type InstrumentOptions } from './instrument.ts';
import type { LabelValues } from './label-values.ts';
import type { Callable } from './settled.ts';

export interface GaugeOptions<Label extends string> extends InstrumentOptions<Label, Gauge<Label>> {
  /** The base unit, such as `seconds` or `bytes`: the name's end, where it is not there yet. */
  readonly unit?: string | undefined;
}

/** A value that goes up and down. */
export class Gauge<Label extends string = never> extends Instrument<Label, GaugeSeries> {
  /** @throws RttsharkError `usage` for names that Prometheus does not take, and for those that are taken */
  constructor(options: GaugeOptions<Label>) {
    super('gauge', options, () => new GaugeSeries(options.name));
  }

  set(value: number): void;
  set(labels: LabelValues<Label>, value: number): void;
  set(...given: readonly unknown[]): void {
    const [series, rest] = this.addressed<[number]>(given);
    series.set(...rest);
  }

  /** @param value - 1 by default */
  inc(value?: number): void;
  inc(labels: LabelValues<Label>, value?: number): void;
  inc(...given: readonly unknown[]): void {
    const [series, rest] = this.addressed<[number?]>(given);
    series.inc(...rest);
  }

  /** @param value - 1 by default */
  dec(value?: number): void;
  dec(labels: LabelValues<Label>, value?: number): void;
  dec(...given: readonly unknown[]): void {
    const [series, rest] = this.addressed<[number?]>(given);
    series.dec(...rest);
  }

  /** Sets the time of day, in seconds since the epoch. */
  setToCurrentTime(labels?: LabelValues<Label>): void {
    (labels === undefined ? this.labels() : this.labels(labels)).setToCurrentTime();
  }

  /**
   * Starts to time something.
   *
   * @param labels - as far as they are known yet
   * @returns what sets the gauge to the seconds since then, and gives them; with the other labels
   */
  startTimer(labels?: Partial<LabelValues<Label>>): (labels?: Partial<LabelValues<Label>>) => number {
    const seconds = startClock();
    return (others) => {
      const value = seconds();
      this.labels({ ...labels, ...others } as LabelValues<Label>).set(value);
      return value;
    };
  }

  /** See `GaugeSeries`, which `labels` gives. */
  time<Result>(block: () => Result): Result {
    return this.labels().time(block);
  }

  /** See `GaugeSeries`, which `labels` gives. */
  timed<This, Given extends unknown[], Result>(
    called: Callable<This, Given, Result>,
  ): Callable<This, Given, Result> {
    return this.labels().timed(called);
  }

  /** See `GaugeSeries`, which `labels` gives. */
  trackInProgress<Result>(block: () => Result): Result {
    return this.labels().trackInProgress(block);
  }

  /** See `GaugeSeries`, which `labels` gives. */
  trackingInProgress<This, Given extends unknown[], Result>(
    called: Callable<This, Given, Result>,
  ): Callable<This, Given, Result> {
    return this.labels().trackingInProgress(called);
  }

  /** See `GaugeSeries`, which `labels` gives. */
  setFunction(read: () => number | Promise<number>): void {
    this.labels().setFunction(read);
  }

  protected override bringUpToDate(series: GaugeSeries): Promise<void> | undefined {
    return series.read();
  }

  protected override familyOf(): GaugeFamily {
    const { bareName: name, help, unit } = this;
    const samples = this.samples((labels, { value }) => ({ labels, value }));
    return { type: 'gauge', name, help, unit, samples };
  }
}
