import { isSchema } from '../measure/exponential-counts.ts';
import { parseDuration } from '../measure/duration.ts';
import { RttsharkError } from '../errors.ts';
import type { HistogramOptions } from '../metrics/histogram-options.ts';
import type { HistogramKind } from '../metrics/metric-family.ts';
import { wholeNumber } from './analysis-flags.ts';
import { keyValuePairs } from './key-values.ts';

/** The options about metrics, as they were given. */
export interface HistogramFlags {
  readonly metricName: string | undefined;
  readonly metricHelp: string | undefined;
  readonly labelNames: string | undefined;
  readonly buckets: string | undefined;
  readonly histogram: HistogramKind;
  readonly nativeSchema: string;
  readonly nativeBuckets: string;
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
    kind: flags.histogram,
    native: {
      schema: schemaOf(flags.nativeSchema),
      maxBuckets: wholeNumber('native-buckets', flags.nativeBuckets),
    },
  };
}

function schemaOf(text: string): number {
  if (/^-?\d+$/.test(text) && isSchema(Number(text))) return Number(text);
  throw new RttsharkError('usage', `"${text}" is no value for --native-schema.`, {
    hint: 'It is a whole number from -4 (coarse) to 8 (fine).',
  });
}
