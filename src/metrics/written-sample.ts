/**
 * What a sample of a family is where series stand each for itself, as in a remote write: a classic histogram is one
 * series for each bucket and two more, a native one is a single series.
 */

import type {
  CounterSample,
  Exemplar,
  HistogramFamily,
  HistogramSample,
  LabelSet,
  MetricFamily,
  StateSample,
  StateSetFamily,
  SummarySample,
} from './metric-family.ts';
import type { NativeHistogram } from './native-histogram.ts';
import { canonicalFloat } from './number-text.ts';

/** One series at one moment. */
export interface WrittenSeries {
  readonly name: string;
  /** A label beside those of the sample. */
  readonly label?: readonly [name: string, value: string] | undefined;
  readonly value: number | WrittenHistogram;
  /** Whether it counts up from zero. */
  readonly grows: boolean;
  readonly exemplars?: readonly Exemplar[] | undefined;
}

export interface WrittenHistogram {
  readonly count: number;
  readonly sum: number;
  readonly native: NativeHistogram;
}

/** One sample of a family, with all of its series. */
export interface WrittenSample {
  readonly labels: LabelSet;
  series(): Iterable<WrittenSeries>;
  /** The same series before anything was counted; holds nothing of this sample but labels and bounds. */
  atZero(): WrittenSample;
}

/**
 * The samples of a family. Series have the names, bounds and quantiles of OpenMetrics (`le="1.0"`), which is what
 * Prometheus keeps of a scrape of the same metrics.
 */
export function* writtenSamples(family: MetricFamily): Generator<WrittenSample, void> {
  const { name } = family;
  switch (family.type) {
    case 'counter':
      for (const sample of family.samples) yield counterSample(`${name}_total`, sample);
      return;
    case 'gauge':
      for (const { labels, value } of family.samples) yield gaugeSample(name, labels, value);
      return;
    case 'info':
      for (const { labels } of family.samples) yield gaugeSample(`${name}_info`, labels, 1);
      return;
    case 'stateset':
      for (const sample of family.samples) yield stateSample(family, sample);
      return;
    case 'summary':
      for (const sample of family.samples) yield summarySample(name, sample);
      return;
    case 'histogram':
      for (const sample of family.samples) yield histogramSample(family, sample);
  }
}

function counterSample(name: string, { labels, value, exemplar }: CounterSample): WrittenSample {
  const exemplars = exemplar === undefined ? [] : [exemplar];
  return {
    labels,
    series: () => [{ name, value, grows: true, exemplars }],
    atZero: () => counterSample(name, { labels, value: 0 }),
  };
}

function gaugeSample(name: string, labels: LabelSet, value: number): WrittenSample {
  return {
    labels,
    series: () => [{ name, value, grows: false }],
    atZero: () => gaugeSample(name, labels, 0),
  };
}

function stateSample(
  { name, states }: Pick<StateSetFamily, 'name' | 'states'>,
  { labels, state: current }: StateSample,
): WrittenSample {
  return {
    labels,
    series: () =>
      states.map((state) => ({
        name,
        label: [name, state],
        value: state === current ? 1 : 0,
        grows: false,
      })),
    atZero: () => stateSample({ name, states }, { labels, state: '' }),
  };
}

function summarySample(name: string, { labels, quantiles, count, sum }: SummarySample): WrittenSample {
  return {
    labels,
    *series() {
      for (const { quantile, value } of quantiles) {
        yield { name, label: ['quantile', canonicalFloat(quantile)], value, grows: false };
      }
      yield { name: `${name}_sum`, value: sum, grows: true };
      yield { name: `${name}_count`, value: count, grows: true };
    },
    atZero: () => summarySample(name, { labels, quantiles, count: 0, sum: 0 }),
  };
}

function histogramSample(
  { name, kind = 'classic' }: Pick<HistogramFamily, 'name' | 'kind'>,
  sample: HistogramSample,
): WrittenSample {
  return {
    labels: sample.labels,
    *series() {
      if (kind !== 'classic' && sample.native !== undefined) yield nativeSeries(name, sample, sample.native);
      if (kind !== 'native') yield* classicSeries(name, sample);
    },
    atZero: () => histogramSample({ name, kind }, emptyHistogram(sample)),
  };
}

function* classicSeries(name: string, sample: HistogramSample): Generator<WrittenSeries> {
  const { bounds, cumulativeCounts, count, sum, exemplars = [] } = sample;
  const texts = boundTexts(bounds);
  for (let i = 0; i <= bounds.length; i++) {
    const exemplar = exemplars[i];
    yield {
      name: `${name}_bucket`,
      label: ['le', texts[i] ?? '+Inf'],
      value: i === bounds.length ? count : (cumulativeCounts[i] ?? count),
      grows: true,
      exemplars: exemplar === undefined ? undefined : [exemplar],
    };
  }
  yield { name: `${name}_sum`, value: sum, grows: true };
  yield { name: `${name}_count`, value: count, grows: true };
}

const knownTexts = new WeakMap<readonly number[], readonly string[]>();

/** Made once for all samples of a layout, which share their bounds. */
function boundTexts(bounds: readonly number[]): readonly string[] {
  const known = knownTexts.get(bounds);
  if (known !== undefined) return known;
  const texts = bounds.map(canonicalFloat);
  knownTexts.set(bounds, texts);
  return texts;
}

function nativeSeries(name: string, sample: HistogramSample, native: NativeHistogram): WrittenSeries {
  const { count, sum, exemplars = [] } = sample;
  const given = exemplars.filter((exemplar) => exemplar !== undefined);
  // Of one series they are taken in the order of time only.
  given.sort((a, b) => a.atMs - b.atMs);
  return { name, value: { count, sum, native }, grows: true, exemplars: given };
}

const noBuckets = { spans: [], deltas: [] };

function emptyHistogram({ labels, bounds, native }: HistogramSample): HistogramSample {
  return {
    labels,
    bounds,
    cumulativeCounts: bounds.length === 0 ? [] : zeros(bounds.length),
    count: 0,
    sum: 0,
    native: native && {
      schema: native.schema,
      zeroThreshold: native.zeroThreshold,
      zeroCount: 0,
      positive: noBuckets,
      negative: noBuckets,
    },
  };
}

let sharedZeros = new Uint8Array(32);

/** One array for all, since a hundred thousand histograms may be kept. */
function zeros(length: number): Uint8Array {
  if (sharedZeros.length < length) sharedZeros = new Uint8Array(length);
  return sharedZeros;
}
