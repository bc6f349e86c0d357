import { RttsharkError } from '../errors.ts';
import type { Analysis } from './analysis.ts';
import type { AnalysisOptions } from './analysis-options.ts';
import { AnalysisRun } from './analysis-run.ts';

export interface AnalyzeOptions extends AnalysisOptions {
  /** Ends the analysis: the promise rejects with RttsharkError `interrupted`, and no process is left. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads captures and gives the round-trip times of their TCP connections, group by group.
 *
 * A capture that is cut short or damaged gives the results up to there: look at `problems`.
 *
 * @throws RttsharkError `usage`, `filter_invalid`, `tshark_not_found`, `tshark_too_old`, `interrupted`, and
 *   `input_unreadable` where no input could be read
 */
export async function analyze(options: AnalyzeOptions): Promise<Analysis> {
  const { signal } = options;
  const run = new AnalysisRun(options);
  const interrupted = () =>
    new RttsharkError('interrupted', 'The analysis was interrupted.', { cause: signal?.reason });
  if (signal?.aborted === true) throw interrupted();
  const onAbort = () => void run.stop();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const analysis = await run.result();
    if (run.stopped) throw interrupted();
    return analysis;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}
