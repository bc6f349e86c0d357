import type { MeasurementResult } from '../measure/statistics.ts';
import { analysisFamilies, type AnalysisResults } from './analysis-families.ts';
import type { RegistryOptions } from './analysis-registry.ts';
import { textManner } from './text-exposition.ts';
import { writeFamilies } from './write-families.ts';

/**
 * The metrics of one analysis in Prometheus' text format, in chunks: the bytes that `analysisRegistry` gives, which has
 * an empty line between two metrics, in a fraction of the time and memory where groups are many.
 *
 * @throws RttsharkError `usage` as `analysisLayouts` does
 */
export function analysisText(
  results: MeasurementResult | AnalysisResults,
  options: RegistryOptions = {},
): Generator<string> {
  return writeFamilies(analysisFamilies(results, options), { ...textManner, between: '\n' });
}
