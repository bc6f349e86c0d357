import type { CounterResult } from '../measure/counter-collector.ts';
import type { LiveStatus, SourceStatus } from '../measure/live-status.ts';
import type { GroupHistogramCounts } from '../measure/running-histogram.ts';
import { counterFamily } from './analysis-families.ts';
import { calledLabels } from './called-labels.ts';
import { bucketExemplars } from './exemplars.ts';
import type { HistogramLayout } from './histogram-options.ts';
import { captureMetrics } from './live-capture-metrics.ts';
import { sampleName, type LiveMetric, type ProcessStatus } from './live-metric.ts';
import { remoteWriteMetrics } from './live-remote-write-metrics.ts';
import { workMetrics } from './live-work-metrics.ts';
import type { HistogramSample, MetricFamily } from './metric-family.ts';
import { nameTaken } from './names.ts';
import { nativeHistogram } from './native-histogram.ts';

export interface LiveHistogram {
  readonly layout: HistogramLayout;
  /** The groups at the moment when the samples are asked for, in the order in which they are given. */
  readonly groups: () => Iterable<GroupHistogramCounts>;
}

/** What was counted, and how its labels are called. */
export interface LiveCounters {
  readonly results: () => readonly CounterResult[];
  /** Other names for labels, as of the histograms. */
  readonly labelNames?: Readonly<Record<string, string>> | undefined;
}

/** What a live capture observes, a histogram for each measurement. */
export interface LiveObserved {
  readonly histograms: readonly LiveHistogram[];
  readonly counters?: LiveCounters | undefined;
}

export interface LiveFamiliesOptions {
  /** Add what rttshark says of itself. True by default. */
  readonly ownMetrics?: boolean | undefined;
}

/** What a live capture says of itself, in the order in which it is given. */
export const liveMetrics: readonly LiveMetric[] = [...workMetrics, ...remoteWriteMetrics, ...captureMetrics];

/**
 * The metrics of a live capture: a histogram for each measurement, what is counted beside them, then what it says of
 * itself. Of the latter, what is not
 * known is left out: the lag before the first sample, the ring where no file is written. Groups are asked for while the
 * metrics are written, one after the other.
 */
export function* liveFamilies(
  status: LiveStatus,
  { histograms, counters }: LiveObserved,
  process: ProcessStatus,
  { ownMetrics = true }: LiveFamiliesOptions = {},
): Generator<MetricFamily> {
  for (const histogram of histograms) {
    const { name, help, kind } = histogram.layout;
    const samples = { [Symbol.iterator]: () => histogramSamples(histogram) };
    yield { type: 'histogram', name, help, unit: 'seconds', kind, samples };
  }
  for (const counted of counters?.results() ?? []) yield counterFamily(counted, counters?.labelNames);
  if (!ownMetrics) return;
  const told = { ...status, sources: distinctlyNamed(status.sources) };
  for (const metric of liveMetrics) {
    const family = familyOf(metric, told, process);
    if (family.samples.length > 0) yield family;
  }
}

/**
 * @throws RttsharkError `usage` for a histogram that is called like something that rttshark says of itself
 */
export function checkLiveHistogramName(name: string): void {
  const taken = liveMetrics.find((metric) => metric.name === name || sampleName(metric) === name);
  if (taken !== undefined) throw nameTaken(name);
}

function* histogramSamples({ layout, groups }: LiveHistogram): Generator<HistogramSample> {
  const { buckets: bounds, labelNames, kind } = layout;
  for (const { labels, cumulativeCounts, count, runningSum, exponential, marks } of groups()) {
    yield {
      labels: calledLabels(labels, labelNames),
      bounds,
      cumulativeCounts,
      count,
      sum: runningSum,
      native: exponential === undefined ? undefined : nativeHistogram(exponential),
      exemplars: marks === undefined ? undefined : bucketExemplars(marks, bounds, kind),
    };
  }
}

/** Two users of one remote host have one name: the second is numbered, since series must differ. */
function distinctlyNamed(sources: readonly SourceStatus[]): SourceStatus[] {
  const taken = new Set<string>();
  return sources.map((source) => {
    let name = source.name;
    for (let number = 2; taken.has(name); number++) name = `${source.name} (${number})`;
    taken.add(name);
    return { ...source, name };
  });
}

function familyOf(
  metric: LiveMetric,
  status: LiveStatus,
  process: ProcessStatus,
): MetricFamily & { readonly samples: readonly unknown[] } {
  const { name, help, unit } = metric;
  switch (metric.type) {
    case 'counter':
    case 'gauge':
      return { type: metric.type, name, help, unit, samples: metric.samples(status, process) };
    case 'info':
      return { type: 'info', name, help, samples: metric.samples(status, process) };
    case 'stateset':
      return {
        type: 'stateset',
        name,
        help,
        states: metric.states,
        samples: metric.samples(status, process),
      };
  }
}
