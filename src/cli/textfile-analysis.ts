import type { Analysis } from '../analysis/analysis.ts';
import type { RegistryOptions } from '../metrics/analysis-registry.ts';
import { encodeInSlices } from '../metrics/encode-in-slices.ts';
import { textExposition } from '../metrics/text-exposition.ts';
import { writeTextfile } from '../sinks/textfile.ts';
import { analysisMetrics } from './analysis-metrics.ts';

/** Writes the metrics of an analysis to a file, and gives what is to be said of it. */
export async function textfileAnalysis(
  analysis: Analysis,
  file: string,
  metrics: RegistryOptions,
): Promise<string> {
  await writeTextfile(file, await encodeInSlices(textExposition(analysisMetrics(analysis, metrics))));
  return `Wrote the metrics to "${file}".`;
}
