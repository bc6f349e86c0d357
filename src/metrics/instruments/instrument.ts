import { setImmediate } from 'node:timers/promises';
import { register } from 'prom-client';
import type { LabelSet, MetricFamily } from '../metric-family.ts';
import { checkUnclaimed, type Named } from './claims.ts';
import { checkHelp, checkLabelNames, familyName } from './instrument-name.ts';
import { readLabelValues, type LabelValue, type LabelValues } from './label-values.ts';
import { promObject, type PromObject } from './prom-object.ts';
import { SeriesMap } from './series-map.ts';

declare module 'prom-client' {
  interface Registry<BoundRegistryContentType extends RegistryContentType = PrometheusContentType> {
    readonly contentType: BoundRegistryContentType;
    registerMetric(metric: AnyInstrument): void;
  }
}

/** How long many series may be brought up to date before other work has its turn. */
const sliceMs = 10;

/** What a registry of prom-client's has to be for ours to be in it. */
export interface MetricRegistry {
  registerMetric(metric: AnyInstrument): void;
  getMetricsAsArray(): readonly Named[];
}

/** A metric of any type, as a registry sees it. */
export interface AnyInstrument extends Named {
  readonly help: string;
  family(): Promise<MetricFamily>;
  get(): Promise<PromObject>;
  reset(): void;
}

export type Aggregator = 'omit' | 'sum' | 'first' | 'min' | 'max' | 'average';

export interface InstrumentOptions<Label extends string, Self> {
  /** With or without `_total` of a counter, `_info` of an info. */
  readonly name: string;
  /** One sentence. */
  readonly help: string;
  /** None by default. */
  readonly labelNames?: readonly Label[] | undefined;
  /** Where it is registered: prom-client's global registry by default, nowhere with `[]`. */
  readonly registers?: readonly MetricRegistry[] | undefined;
  /** How prom-client puts together what the workers of a cluster have: `sum` by default, of an info `first`. */
  readonly aggregator?: Aggregator | undefined;
  /** Called before the metric is read, to bring it up to date. */
  readonly collect?: ((this: Self) => void | Promise<void>) | undefined;
}

/**
 * What all metrics have. In prom-client's manner, and at home in its registries; but label sets never meet, whatever
 * the values hold, and every label has a value.
 */
export abstract class Instrument<Label extends string, Series> implements AnyInstrument {
  /** As samples are called that have no ending of their own. Not read-only: prom-client's OpenMetrics cuts `_total` off. */
  name: string;
  readonly help: string;
  readonly labelNames: readonly Label[];
  readonly familyType: MetricFamily['type'];
  readonly aggregator: Aggregator;
  /** The family's name. */
  protected readonly bareName: string;
  protected readonly unit: string | undefined;
  readonly #series: SeriesMap<Series>;
  readonly #collect: (() => void | Promise<void>) | undefined;

  /**
   * @param makeSeries - makes what holds the values of one label set
   * @throws RttsharkError `usage` for names that Prometheus does not take, and for those that are taken
   */
  protected constructor(
    type: MetricFamily['type'],
    options: InstrumentOptions<Label, never> & { readonly unit?: string | undefined },
    makeSeries: () => Series,
  ) {
    const { name, help, labelNames = [], registers = [register], unit, collect } = options;
    this.bareName = familyName(type, name, unit);
    checkHelp(name, help);
    checkLabelNames(type, this.bareName, labelNames);
    this.name = `${this.bareName}${{ counter: '_total', info: '_info' }[type as string] ?? ''}`;
    this.help = help;
    this.aggregator = options.aggregator ?? (type === 'info' ? 'first' : 'sum');
    this.labelNames = [...labelNames];
    this.familyType = type;
    this.unit = unit;
    this.#series = new SeriesMap(makeSeries);
    this.#collect = (collect as (() => void | Promise<void>) | undefined)?.bind(this);
    this.reset();
    for (const registry of registers) checkUnclaimed(this, registry.getMetricsAsArray());
    for (const registry of registers) registry.registerMetric(this);
  }

  /** As prom-client's registry knows it. */
  get type(): PromObject['type'] {
    return this.familyType === 'info' || this.familyType === 'stateset' ? 'gauge' : this.familyType;
  }

  /**
   * The series of one label set, which is there from then on.
   *
   * @param given - `{ name: value }` with a value for each label, or the values in order
   * @throws RttsharkError `usage` for labels that are missing or not there
   */
  labels(labels: LabelValues<Label>): Series;
  labels(...values: readonly LabelValue[]): Series;
  labels(...given: readonly unknown[]): Series {
    return this.#series.at(this.#valuesOf(given));
  }

  /** Makes series of every combination of label values, so that they are there before anything happens. */
  initialize(values: Readonly<Record<Label, readonly LabelValue[]>>): void {
    let sets: Readonly<Record<string, LabelValue>>[] = [{}];
    for (const [label, each] of Object.entries<readonly LabelValue[]>(values)) {
      sets = sets.flatMap((set) => each.map((value) => ({ ...set, [label]: value })));
    }
    for (const set of sets) this.labels(set as LabelValues<Label>);
  }

  /** Forgets one label set; one that is not there is no error. Takes what `labels` takes. */
  remove(labels: LabelValues<Label>): void;
  remove(...values: readonly LabelValue[]): void;
  remove(...given: readonly unknown[]): void {
    this.#series.remove(this.#valuesOf(given));
    if (this.labelNames.length === 0) this.reset();
  }

  /** Forgets all label sets. */
  clear(): void {
    this.reset();
  }

  /** As when it was new: without label sets; or, where it has no labels, at its beginning. */
  reset(): void {
    this.#series.clear();
    if (this.labelNames.length === 0) this.#series.at([]);
  }

  /** What a registry of prom-client's asks for. */
  async get(): Promise<PromObject> {
    return promObject(await this.family(), this);
  }

  /** The values of this moment, to be written in any format. */
  async family(): Promise<MetricFamily> {
    await this.#collect?.();
    if (this.bringUpToDate !== undefined) await this.#bringAllUpToDate();
    return this.familyOf();
  }

  protected abstract familyOf(): MetricFamily;

  /** What a series has to do before it is read; nothing where it gives no promise. */
  protected bringUpToDate?(series: Series): Promise<void> | undefined;

  /** The samples of a family, one for each series, made when they are asked for. */
  protected samples<Sample>(sampleOf: (labels: LabelSet, series: Series) => Sample): Iterable<Sample> {
    const [all, labelNames] = [this.#series, this.labelNames];
    return {
      *[Symbol.iterator]() {
        for (const [values, series] of all) {
          yield sampleOf(Object.fromEntries(labelNames.map((name, i) => [name, values[i] ?? ''])), series);
        }
      },
    };
  }

  /** The series that arguments begin with the labels of, or the only one; and the arguments behind them. */
  protected addressed<Rest extends unknown[]>(given: readonly unknown[]): [series: Series, rest: Rest] {
    const [first, ...rest] = given;
    if (typeof first !== 'object' || first === null) return [this.labels(), given as unknown as Rest];
    return [this.labels(first as LabelValues<Label>), rest as Rest];
  }

  async #bringAllUpToDate(): Promise<void> {
    let sliceEnd = performance.now() + sliceMs;
    for (const [, series] of this.#series) {
      const work = this.bringUpToDate?.(series);
      if (work === undefined) continue;
      await work;
      if (performance.now() < sliceEnd) continue;
      // Promises that are there already give other work no turn.
      await setImmediate();
      sliceEnd = performance.now() + sliceMs;
    }
  }

  #valuesOf(given: readonly unknown[]): string[] {
    return readLabelValues(this.name, this.labelNames, given);
  }
}
