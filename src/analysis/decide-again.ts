import type { CaptureRequest } from '../capture/capture-request.ts';
import { datagramsAreNamed } from '../capture/idle-datagram.ts';
import { fragmentsAreOdd } from '../capture/shard-feed.ts';
import { canCountRest } from '../capture/shard-plan.ts';
import { connectionsAreMixed, type ShardedOptions } from '../capture/sharded-reading.ts';
import type { Schema } from '../table/schema.ts';
import type { AnalysisOptions } from './analysis-options.ts';
import { withoutShards, type ShardDecision } from './shard-decision.ts';

/**
 * How an input is read again whose packets could not be parted safely: with what is in fragments and tunnels kept apart,
 * or with all datagrams looked into, where that may help; else by one process, that reads in parts where its memory
 * demands it, unless that is what was not safe.
 *
 * @param sideBySide - how many inputs are read at the same time
 * @param tried - how it was read, and why that was not safe
 */
export function decideAgain(
  request: CaptureRequest<Schema>,
  options: AnalysisOptions,
  sideBySide: number,
  { sharded, reason }: { readonly sharded: ShardedOptions | null; readonly reason: string },
): ShardDecision {
  if (sharded !== null && mayBeKeptApart(request, sharded, reason))
    return { sharded: { ...sharded, keepsApart: true }, reason: null };
  if (sharded !== null && reason === datagramsAreNamed && request.spool === undefined)
    return { sharded: { ...sharded, keepsDatagrams: true }, reason: null };
  if (sharded === null || sharded.shards === 1 || request.spool !== undefined)
    return { sharded: null, reason };
  return withoutShards(request, options, sideBySide, reason);
}

function mayBeKeptApart(
  request: CaptureRequest<Schema>,
  { shards, keepsApart = false }: ShardedOptions,
  reason: string,
): boolean {
  if (shards === 1 || keepsApart || request.spool !== undefined) return false;
  return reason === connectionsAreMixed || (reason === fragmentsAreOdd && canCountRest(request));
}
