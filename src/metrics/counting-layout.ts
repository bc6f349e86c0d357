import type { CountingLayout } from '../measure/counted-samples.ts';
import type { MeasurementResult } from '../measure/statistics.ts';
import { checkBuckets, defaultBuckets } from './buckets.ts';
import { exponentialLayout, type HistogramOptions } from './histogram-options.ts';

/**
 * The buckets of the histogram that will be made of a measurement: values that are not kept are counted in them.
 *
 * @throws RttsharkError `usage` as `histogramLayout` does
 */
export function countingLayout(
  { buckets: own }: Pick<MeasurementResult, 'buckets'>,
  { buckets, kind = 'classic', native }: Pick<HistogramOptions, 'buckets' | 'kind' | 'native'> = {},
): CountingLayout {
  return {
    bounds: checkBuckets(buckets ?? own ?? defaultBuckets),
    exponential: kind === 'classic' ? null : exponentialLayout(native),
  };
}
