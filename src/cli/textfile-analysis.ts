import { RttsharkError } from '../errors.ts';
import type { Analysis } from '../analysis/analysis.ts';
import type { RegistryOptions } from '../metrics/analysis-registry.ts';
import { encodeInSlices } from '../metrics/encode-in-slices.ts';
import { textExposition } from '../metrics/text-exposition.ts';
import { writeTextfile } from '../sinks/textfile.ts';
import { analysisMetrics } from './analysis-metrics.ts';
import type { CommandContext } from './command-context.ts';

/** Writes the metrics of an analysis to a file; gives the failure, which has been reported, or nothing. */
export async function textfileAnalysis(
  analysis: Analysis,
  file: string,
  metrics: RegistryOptions,
  { console }: Pick<CommandContext, 'console'>,
): Promise<RttsharkError | undefined> {
  try {
    await writeTextfile(file, await encodeInSlices(textExposition(analysisMetrics(analysis, metrics))));
    console.note(`Wrote the metrics to "${file}".`);
    return undefined;
  } catch (error) {
    if (!(error instanceof RttsharkError)) throw error;
    console.error(error);
    return error;
  }
}
