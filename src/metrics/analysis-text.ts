import type { MeasurementResult } from '../measure/statistics.ts';
import { analysisFamilies } from './analysis-families.ts';
import type { RegistryOptions } from './analysis-registry.ts';
import { textManner } from './text-exposition.ts';
import { writeFamilies } from './write-families.ts';

/**
 * The metrics of one analysis in Prometheus' text format, in chunks: the bytes that `analysisRegistry` gives, which has
 * an empty line between two metrics, in a fraction of the time and memory where groups are many.
 *
 * @throws RttsharkError `usage` as `analysisLayout` does
 */
export function analysisText(measured: MeasurementResult, options: RegistryOptions = {}): Generator<string> {
  return writeFamilies(analysisFamilies(measured, options), { ...textManner, between: '\n' });
}
