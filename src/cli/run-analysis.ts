import { AnalysisRun } from '../analysis/analysis-run.ts';
import type { Analysis } from '../analysis/analysis.ts';
import type { AnalysisOptions, ShardUse } from '../analysis/analysis-options.ts';
import { drivenPlan } from '../analysis/driven-plan.ts';
import { pipelineFor } from '../capture/capture-request.ts';
import { findTshark } from '../tshark/find-tools.ts';
import { pipelineLine } from '../tshark/pipeline.ts';
import type { AnalysisFlags } from './analysis-flags.ts';
import type { CommandContext } from './command-context.ts';
import { Log } from './log.ts';
import { Progress } from './progress.ts';

/** Analyzes with progress on the terminal; the first Ctrl-C ends it with what is there by then. */
export async function runAnalysis(
  options: AnalysisOptions,
  { logFormat: format, logLevel: level }: Pick<AnalysisFlags, 'logFormat' | 'logLevel'>,
  { console, interruption }: CommandContext,
): Promise<Analysis> {
  const log = new Log(console, { format, level });
  const onShards = ({ input, shards, reason }: ShardUse) => {
    const by = reason === null ? `${shards} tsharks side by side` : `one tshark: ${reason}`;
    log.debug('shards', `"${input}" is read by ${by}.`, { input, shards });
  };
  const onDisagreement = (input: string, rows: number) => {
    const what = `tsharks that followed each other on "${input}" differed in ${rows} rows`;
    log.warn('overlap', `${what}: samples there may be missing. More --memory needs fewer of them.`, {
      input,
      rows,
    });
  };
  const run = new AnalysisRun({ ...options, onShards, onDisagreement });
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
