import type { Analysis } from '../analysis/analysis.ts';
import { analysisFamilies } from '../metrics/analysis-families.ts';
import type { RegistryOptions } from '../metrics/analysis-registry.ts';
import type { MetricFamily } from '../metrics/metric-family.ts';

/** What is sent of an analysis: with the time of its success, where nothing went wrong. */
export function analysisMetrics(analysis: Analysis, metrics: RegistryOptions): MetricFamily[] {
  return analysisFamilies(analysis, { ...metrics, succeededAt: succeededAt(analysis.problems) });
}

/** In seconds since the epoch. */
export function succeededAt(problems: Analysis['problems']): number | undefined {
  return problems.length === 0 ? Date.now() / 1000 : undefined;
}
