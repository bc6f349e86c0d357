import { checkBuckets } from '../buckets.ts';
import { exponentialLayout, type HistogramOptions as Layout } from '../histogram-options.ts';
import type { HistogramFamily, HistogramKind } from '../metric-family.ts';
import { HistogramSeries } from './histogram-series.ts';
import type { InstrumentOptions } from './instrument.ts';
import type { LabelValues } from './label-values.ts';
import { Observer } from './observer.ts';

/** What Python's client has: for requests that take milliseconds to seconds. */
const usualBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

export interface HistogramMetricOptions<Label extends string> extends InstrumentOptions<
  Label,
  Histogram<Label>
> {
  /** The base unit, such as `seconds` or `bytes`: the name's end, where it is not there yet. */
  readonly unit?: string | undefined;
  /** Upper bounds, ascending; 5 ms to 10 s by default, as in Python's client. */
  readonly buckets?: readonly number[] | undefined;
  /** Which buckets protobuf has: `classic` by default, those with bounds. */
  readonly kind?: HistogramKind | undefined;
  /** Of the exponential buckets: schema 3 and at most 160 of them by default. */
  readonly native?: Layout['native'];
}

/** Observations, counted in buckets. */
export class Histogram<Label extends string = never> extends Observer<
  Label,
  [value: number, exemplar?: LabelValues<string>],
  HistogramSeries
> {
  readonly #kind: HistogramKind;

  /**
   * @throws RttsharkError `usage` for names that Prometheus does not take, and for those that are taken; for buckets
   *   that do not grow, and exponential ones that cannot be
   */
  constructor(options: HistogramMetricOptions<Label>) {
    const { name, buckets = usualBuckets, kind = 'classic', native } = options;
    const bounds = [...checkBuckets(buckets)];
    const layout = kind === 'classic' ? null : exponentialLayout(native);
    super('histogram', options, () => new HistogramSeries(name, bounds, layout));
    this.#kind = kind;
  }

  protected override familyOf(): HistogramFamily {
    const { bareName: name, help, unit } = this;
    const samples = this.samples((labels, series) => ({ labels, ...series.counts() }));
    return { type: 'histogram', name, help, unit, kind: this.#kind, samples };
  }
}
