import { parseDuration } from '../measure/duration.ts';
import type { HistogramOptions } from '../metrics/histogram-options.ts';
import { keyValuePairs } from './key-values.ts';

/** The options about metrics, as they were given. */
export interface HistogramFlags {
  readonly metricName: string | undefined;
  readonly metricHelp: string | undefined;
  readonly labelNames: string | undefined;
  readonly buckets: string | undefined;
}

/** @throws RttsharkError `usage` */
export function histogramOptions(flags: HistogramFlags): HistogramOptions {
  const { labelNames, buckets } = flags;
  return {
    name: flags.metricName,
    help: flags.metricHelp,
    labelNames:
      labelNames === undefined
        ? undefined
        : Object.fromEntries(keyValuePairs('label-names', labelNames.split(','))),
    buckets: buckets
      ?.split(',')
      .map((bound) => (bound.trim() === '+Inf' ? Infinity : parseDuration(bound.trim()))),
  };
}
