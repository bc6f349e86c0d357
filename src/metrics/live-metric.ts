import type { LiveStatus, SourceStatus } from '../measure/live-status.ts';
import type { LabelSet, StateSample, ValueSample } from './metric-family.ts';

/** What is known of rttshark's own process at the same moment. */
export interface ProcessStatus {
  readonly residentMemoryBytes: number;
}

interface Described<Sample> {
  /** Without the ending that the type gives it (`_total`, `_info`). */
  readonly name: string;
  readonly help: string;
  /** The end of the name, where that is a unit. */
  readonly unit?: 'seconds' | 'bytes' | 'packets' | 'ratio';
  /** The names of the samples' labels, in order; none by default. */
  readonly labels?: readonly string[];
  /** None where nothing is known. */
  samples(status: LiveStatus, process: ProcessStatus): readonly Sample[];
}

/** One of the metrics that a live capture gives of itself. */
export type LiveMetric =
  | (Described<ValueSample> & { readonly type: 'counter' | 'gauge' })
  | (Described<{ readonly labels: LabelSet }> & { readonly type: 'info' })
  | (Described<StateSample> & { readonly type: 'stateset'; readonly states: readonly string[] });

/** The one sample of a metric without labels; none where the value is not known. */
export function single(value: number | null | undefined): readonly ValueSample[] {
  return value === null || value === undefined ? [] : [{ labels: {}, value }];
}

/** A sample for each source. */
export function bySource(
  { sources }: LiveStatus,
  valueOf: (source: SourceStatus) => number,
): readonly ValueSample[] {
  return sources.map((source) => ({ labels: { source: source.name }, value: valueOf(source) }));
}

/** What the metric's samples are called, which is what a query names. */
export function sampleName({ type, name }: LiveMetric): string {
  if (type === 'counter') return `${name}_total`;
  return type === 'info' ? `${name}_info` : name;
}
