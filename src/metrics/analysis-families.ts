import type { CounterResult } from '../measure/counter-collector.ts';
import { exponentialCounts } from '../measure/exponential-spread.ts';
import type { Group, MeasurementResult } from '../measure/statistics.ts';
import { analysisLayouts } from './analysis-layouts.ts';
import type { RegistryOptions } from './analysis-registry.ts';
import { cumulativeCounts } from './buckets.ts';
import { calledLabels } from './called-labels.ts';
import { bucketExemplars } from './exemplars.ts';
import { byLabels, labelsCalled, type HistogramLayout } from './histogram-options.ts';
import type {
  CounterFamily,
  HistogramFamily,
  HistogramSample,
  MetricFamily,
  SummaryFamily,
} from './metric-family.ts';
import { nativeHistogram } from './native-histogram.ts';
import { counterMetricName, samplesName, successName } from './own-names.ts';

/** Those that every other result of rttshark has too. */
const summaryQuantiles = [0.5, 0.9, 0.95, 0.99];

/** What came of an analysis: its measurements, and what was counted beside them. */
export interface AnalysisResults {
  readonly measurements: readonly MeasurementResult[];
  readonly counters?: readonly CounterResult[] | undefined;
}

/**
 * The metrics of one analysis as plain families: what `analysisRegistry` holds, without prom-client's cost. A histogram
 * for each measurement, or a summary where it is to be one, a counter for each of the counters, then what rttshark says of its own work.
 *
 * @throws RttsharkError `usage` as `analysisLayouts` does
 */
export function analysisFamilies(
  results: MeasurementResult | AnalysisResults,
  options: RegistryOptions = {},
): MetricFamily[] {
  const { measurements, counters = [] }: AnalysisResults =
    'measurements' in results ? results : { measurements: [results] };
  const layouts = analysisLayouts(measurements, options, counters);
  const { ownMetrics = true, succeededAt, histogram } = options;
  return [
    ...measurements.flatMap((measured, i) => {
      const layout = layouts[i];
      if (layout === undefined) return [];
      return [(measured.metric === 'summary' ? summaryFamily : histogramFamily)(measured, layout)];
    }),
    ...counters.map((counted) => counterFamily(counted, histogram?.labelNames)),
    ...(ownMetrics ? ownFamilies(measurements, succeededAt) : []),
  ];
}

function histogramFamily({ groups, unit }: MeasurementResult, layout: HistogramLayout): HistogramFamily {
  const { name, help, kind } = layout;
  const samples = { [Symbol.iterator]: () => histogramSamples(layout, groups) };
  return { type: 'histogram', name, help, unit, kind, samples };
}

function summaryFamily(
  { groups, unit }: MeasurementResult,
  { name, help, labelNames }: HistogramLayout,
): SummaryFamily {
  const samples = groups.map(({ labels, statistics, distribution, runningSum }) => ({
    labels: calledLabels(labels, labelNames),
    quantiles: summaryQuantiles.map((quantile) => ({
      quantile,
      value: distribution.quantile(quantile) ?? NaN,
    })),
    count: statistics.count,
    sum: runningSum,
  }));
  return { type: 'summary', name, help, unit, samples };
}

/** @param otherNames - for labels; those that it does not have are of no concern */
export function counterFamily(
  { name, field, title, labelNames, groups }: CounterResult,
  otherNames: Readonly<Record<string, string>> = {},
): CounterFamily {
  const called = labelsCalled(labelNames, otherNames);
  return {
    type: 'counter',
    name: counterMetricName(name),
    help: `Number of ${title} (${field})${byLabels(labelNames)}.`,
    samples: groups.map(({ labels, count }) => ({ labels: calledLabels(labels, called), value: count })),
  };
}

function ownFamilies(
  measurements: readonly MeasurementResult[],
  succeededAt: number | undefined,
): MetricFamily[] {
  const observed: MetricFamily = {
    type: 'counter',
    name: samplesName,
    help: 'Samples observed, by measurement.',
    samples: measurements.map(({ name, total }) => ({ labels: { measurement: name }, value: total.count })),
  };
  if (succeededAt === undefined) return [observed];
  const success: MetricFamily = {
    type: 'gauge',
    name: successName,
    help: 'When an analysis last succeeded, in seconds since the epoch.',
    unit: 'seconds',
    samples: [{ labels: {}, value: succeededAt }],
  };
  return [observed, success];
}

function* histogramSamples(layout: HistogramLayout, groups: readonly Group[]): Generator<HistogramSample> {
  const { buckets: bounds, labelNames, kind, native } = layout;
  for (const { labels, statistics, distribution, runningSum, marks } of groups) {
    yield {
      labels: calledLabels(labels, labelNames),
      bounds,
      cumulativeCounts: cumulativeCounts(distribution, bounds),
      count: statistics.count,
      sum: runningSum,
      native: native === null ? undefined : nativeHistogram(exponentialCounts(distribution, native)),
      exemplars: marks === undefined ? undefined : bucketExemplars(marks, bounds, kind),
    };
  }
}
