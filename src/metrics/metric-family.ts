/**
 * Metrics as plain data, ready to be written in an exposition format. Samples are iterables, so that a hundred thousand
 * series need not be held at once. Names and label names are taken as they are: see `names.ts` for checks.
 */

import type { NativeHistogram } from './native-histogram.ts';

/** Label values by label name, in the order in which they are written. */
export type LabelSet = Readonly<Record<string, string>>;

interface Described<Sample> {
  /** Without the ending that the type gives it (`_total`, `_info`, `_bucket`, …). */
  readonly name: string;
  /** One sentence; may hold anything. */
  readonly help: string;
  /** The base unit: `seconds`, `bytes`, `packets`, … Written where the name ends in it, and the format knows units. */
  readonly unit?: string | undefined;
  /** Label sets differ from each other. */
  readonly samples: Iterable<Sample>;
}

export interface ValueSample {
  readonly labels: LabelSet;
  readonly value: number;
}

export interface CounterSample extends ValueSample {
  /** What the counter last counted. Text has no place for it. */
  readonly exemplar?: Exemplar | undefined;
}

export interface HistogramSample {
  readonly labels: LabelSet;
  /** Upper bounds in ascending order, without the infinite one. Samples of one layout share the array. */
  readonly bounds: readonly number[];
  /** For each bound, how many observations are at most that large. */
  readonly cumulativeCounts: ArrayLike<number>;
  /** The number of all observations. */
  readonly count: number;
  readonly sum: number;
  /** The same observations in exponential buckets. */
  readonly native?: NativeHistogram | undefined;
  /** For each bound, and at last for the infinite bucket, an observation that stands for its bucket. */
  readonly exemplars?: readonly (Exemplar | undefined)[] | undefined;
}

/** One observation, with labels that lead to what was observed. */
export interface Exemplar {
  /** Names and values have 128 characters together at most. */
  readonly labels: LabelSet;
  readonly value: number;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
}

/** Which buckets of a histogram are given, by a format that has both: those with bounds, the exponential ones, or both. */
export const histogramKinds = ['classic', 'native', 'both'] as const;

export type HistogramKind = (typeof histogramKinds)[number];

export interface SummarySample {
  readonly labels: LabelSet;
  /** From the smallest quantile to the largest; NaN where nothing was observed of late. */
  readonly quantiles: readonly QuantileValue[];
  /** The number of all observations. */
  readonly count: number;
  readonly sum: number;
}

export interface QuantileValue {
  /** From 0 to 1. */
  readonly quantile: number;
  readonly value: number;
}

export interface StateSample {
  readonly labels: LabelSet;
  /** The one that is on. */
  readonly state: string;
}

/** Something that only grows. */
export interface CounterFamily extends Described<CounterSample> {
  readonly type: 'counter';
}

export interface GaugeFamily extends Described<ValueSample> {
  readonly type: 'gauge';
}

export interface HistogramFamily extends Described<HistogramSample> {
  readonly type: 'histogram';
  /** `classic` by default. Text has classic buckets only, and gives those. */
  readonly kind?: HistogramKind | undefined;
}

/** Quantiles that were computed where the observations were made. */
export interface SummaryFamily extends Described<SummarySample> {
  readonly type: 'summary';
}

/** Facts, which are in the labels. */
export interface InfoFamily extends Described<{ readonly labels: LabelSet }> {
  readonly type: 'info';
}

/** Which one of several states something is in. */
export interface StateSetFamily extends Described<StateSample> {
  readonly type: 'stateset';
  readonly states: readonly string[];
}

export type MetricFamily =
  CounterFamily | GaugeFamily | HistogramFamily | SummaryFamily | InfoFamily | StateSetFamily;
