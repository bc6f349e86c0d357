import { AnalysisRun } from '../analysis/analysis-run.ts';
import type { Analysis } from '../analysis/analysis.ts';
import type { AnalysisOptions } from '../analysis/analysis-options.ts';
import { drivenPlan } from '../analysis/driven-plan.ts';
import { pipelineFor } from '../capture/capture-request.ts';
import { findTshark } from '../tshark/find-tools.ts';
import { pipelineLine } from '../tshark/pipeline.ts';
import type { CommandContext } from './command-context.ts';
import { Progress } from './progress.ts';

/** Analyzes with progress on the terminal; the first Ctrl-C ends it with what is there by then. */
export async function runAnalysis(
  options: AnalysisOptions,
  { console, interruption }: CommandContext,
): Promise<Analysis> {
  const run = new AnalysisRun(options);
  const stop = () => void run.stop();
  interruption.signal.addEventListener('abort', stop, { once: true });
  // It may have come while we were getting ready.
  if (interruption.signal.aborted) stop();
  const progress = new Progress(console, () => run.progress());
  try {
    return await run.result();
  } finally {
    progress.stop();
    interruption.signal.removeEventListener('abort', stop);
  }
}

/** The commands that an analysis runs, a line each, ready to be pasted into a shell. */
export async function dryRunLines(options: AnalysisOptions): Promise<string> {
  const tshark = await findTshark(options.tshark);
  const { requests } = await drivenPlan(options, tshark);
  return requests.map((request) => `${pipelineLine(pipelineFor(request))}\n`).join('');
}
