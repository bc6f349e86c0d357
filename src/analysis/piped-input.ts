import type { CaptureRequest } from '../capture/capture-request.ts';
import { InputSpool } from '../capture/input-spool.ts';
import { openPipe } from '../capture/open-pipe.ts';
import { whyOneProcess } from '../capture/shard-plan.ts';
import type { Schema } from '../table/schema.ts';
import type { AnalysisOptions } from './analysis-options.ts';
import { coresFor, decideShardsOfPipe, type ShardDecision } from './shard-decision.ts';

/** What comes through a pipe, and how it is read. */
export interface PipedInput {
  /** To be closed in the end. */
  readonly spool: InputSpool;
  readonly decision: ShardDecision;
}

/** What comes more slowly is no work for more than one tshark. */
const beginning = { bytes: 10_000_000, milliseconds: 400 };

/**
 * Begins to read a pipe, if several processes may share what comes; null where it is none, or where it is known before
 * that they may not.
 *
 * @param sideBySide - how many inputs are read at the same time
 * @param signal - ends the wait for what comes
 */
export async function pipedInput(
  request: CaptureRequest<Schema>,
  options: AnalysisOptions,
  sideBySide: number,
  signal: AbortSignal,
): Promise<PipedInput | null> {
  const { input } = request;
  const { shards = 'auto' } = options;
  const most = shards === 'auto' ? coresFor(sideBySide) : shards;
  if (typeof input !== 'string' || most === 1) return null;
  if (whyOneProcess(request, request.isLean === true) !== null) return null;
  const pipe = openedPipe(input);
  if (pipe === null) return null;
  const spool = new InputSpool(pipe);
  const wanted = shards === 'auto' ? beginning : { ...beginning, bytes: 1 };
  const start = await spool.begin(wanted, signal);
  if (start.length < wanted.bytes)
    return { spool, decision: { sharded: null, reason: 'it is small, or comes slowly' } };
  const decision = decideShardsOfPipe(start, options, sideBySide);
  if (decision.sharded === null) return { spool, decision };
  try {
    spool.keepInFile();
    return { spool, decision };
  } catch (error) {
    return { spool, decision: { sharded: null, reason: `it cannot be kept: ${(error as Error).message}` } };
  }
}

/** Null for what cannot be opened, too: who reads it as what it is says better why. */
function openedPipe(path: string): ReturnType<typeof openPipe> {
  try {
    return openPipe(path);
  } catch {
    return null;
  }
}
