import type { Group, MeasurementResult } from '../measure/statistics.ts';
import type { RegistryOptions } from './analysis-registry.ts';
import { exponentialCounts } from '../measure/exponential-spread.ts';
import { cumulativeCounts } from './buckets.ts';
import { calledLabels } from './called-labels.ts';
import { bucketExemplars } from './exemplars.ts';
import { histogramLayout, type HistogramLayout } from './histogram-options.ts';
import type { HistogramSample, MetricFamily } from './metric-family.ts';
import { nameTaken } from './names.ts';
import { nativeHistogram } from './native-histogram.ts';

const samplesName = 'rttshark_samples';
const successName = 'rttshark_last_success_timestamp_seconds';

/** The metrics of one analysis as plain families: what `analysisRegistry` holds, without prom-client's cost. */
export function analysisFamilies(measured: MeasurementResult, options: RegistryOptions = {}): MetricFamily[] {
  const layout = analysisLayout(measured, options);
  const samples = { [Symbol.iterator]: () => histogramSamples(layout, measured.groups) };
  const { name, help, kind } = layout;
  const histogram = { type: 'histogram', name, help, unit: measured.unit, kind, samples } as const;
  return options.ownMetrics === false ? [histogram] : [histogram, ...ownFamilies(measured, options)];
}

/**
 * How the histogram of an analysis is called and cut.
 *
 * @throws RttsharkError `usage` as `histogramLayout` does, and for a name that one of the own metrics has
 */
export function analysisLayout(
  measured: Parameters<typeof histogramLayout>[0],
  { histogram, ownMetrics = true }: RegistryOptions,
): HistogramLayout {
  const layout = histogramLayout(measured, histogram);
  if (ownMetrics && [`${samplesName}_total`, successName].includes(layout.name)) {
    throw nameTaken(layout.name);
  }
  return layout;
}

function ownFamilies(measured: MeasurementResult, { succeededAt }: RegistryOptions): MetricFamily[] {
  const observed: MetricFamily = {
    type: 'counter',
    name: samplesName,
    help: 'Samples observed, by measurement.',
    samples: [{ labels: { measurement: measured.name }, value: measured.total.count }],
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
