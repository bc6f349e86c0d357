import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { CaptureRequest } from '../capture/capture-request.ts';
import { defaultMemoryBytes } from '../capture/memory-limit.ts';
import { fragmentsAreOdd } from '../capture/shard-feed.ts';
import {
  canCountRest,
  canLeaveDatagrams,
  lookAtStart,
  shardsFor,
  whyOneProcess,
  type CaptureStart,
  type ShardWishes,
} from '../capture/shard-plan.ts';
import type { ShardedOptions } from '../capture/sharded-reading.ts';
import type { Schema } from '../table/schema.ts';
import type { AnalysisOptions } from './analysis-options.ts';

/** How one input is read. */
export interface ShardDecision {
  /** Null where one tshark reads it by itself. */
  readonly sharded: ShardedOptions | null;
  /** Why it is not shared between several; null where it is. */
  readonly reason: string | null;
}

/** What this process itself needs beside the samples that it keeps. */
const ownBytes = 250e6;
const leastBytes = 200e6;

/**
 * How many tsharks read an input. Looks at the beginning of the file.
 *
 * @param sideBySide - how many inputs are read at the same time
 */
export function decideShards(
  request: CaptureRequest<Schema>,
  { shards = 'auto', memoryBytes = defaultMemoryBytes() }: AnalysisOptions,
  sideBySide: number,
): ShardDecision {
  const byOne = (reason: string): ShardDecision => ({ sharded: null, reason });
  const unfit = whyOneProcess(request, request.isLean === true);
  if (unfit !== null) return byOne(unfit);
  const path = request.input as string;
  if (path === '-' || /^\/(?:dev|proc)\//.test(path))
    return byOne(shards === 1 ? 'one was asked for' : 'it may be no file');
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() !== true || stats.size === 0) return byOne('it is no file');
  const wishes = wishesOf({ shards, memoryBytes }, sideBySide);
  // Most files are small, and not worth a second look.
  const small = shardsFor(stats.size, wishes, { oneProcess: null, isMostlyRest: false });
  if (isPlain(small))
    return byOne(shards === 1 ? 'one was asked for' : 'it is small, or there are no cores for more');
  const seen = lookAtStart(path);
  if (seen.odd !== null) return byOne(seen.odd);
  const leaves = canLeaveDatagrams(request) && !seen.namesDatagrams;
  const isMostlyRest = leaves ? seen.isMostlyCarried : seen.isMostlyRest;
  const start = { ...(canCountRest(request) ? seen : withFragmentsOdd(seen)), isMostlyRest };
  const sharded = shardsFor(stats.size, wishes, start);
  if (!isPlain(sharded)) return { sharded, reason: sharded.shards > 1 ? null : oneOf(start) };
  return byOne(oneOf(start));
}

/**
 * How many tsharks read what comes through a pipe, by its beginning; of what size it will be is not known.
 *
 * @param sideBySide - how many inputs are read at the same time
 */
export function decideShardsOfPipe(
  beginning: Uint8Array,
  { shards = 'auto', memoryBytes = defaultMemoryBytes() }: AnalysisOptions,
  sideBySide: number,
): ShardDecision {
  // They would have to be looked for in all of it before anything is read.
  const start = withFragmentsOdd(lookAtStart(beginning));
  const sharded = shardsFor(Infinity, wishesOf({ shards, memoryBytes }, sideBySide), start);
  return sharded.shards > 1 ? { sharded, reason: null } : { sharded: null, reason: oneOf(start) };
}

function withFragmentsOdd(start: CaptureStart): CaptureStart {
  return { ...start, oneProcess: start.oneProcess ?? (start.isFragmented ? fragmentsAreOdd : null) };
}

/** Processor cores for one input. */
export function coresFor(sideBySide: number): number {
  return Math.max(1, Math.floor(availableParallelism() / sideBySide));
}

function wishesOf(
  { shards, memoryBytes }: Pick<ShardWishes, 'shards' | 'memoryBytes'>,
  sideBySide: number,
): ShardWishes {
  return {
    shards,
    cores: coresFor(sideBySide),
    memoryBytes: Math.max(leastBytes, (memoryBytes - ownBytes) / sideBySide),
  };
}

/** How it is read on after it has turned out that its packets cannot be parted. */
export function withoutShards(
  request: CaptureRequest<Schema>,
  options: AnalysisOptions,
  sideBySide: number,
  reason: string,
): ShardDecision {
  const { sharded } = decideShards(request, { ...options, shards: 1 }, sideBySide);
  return { sharded, reason };
}

function isPlain({ shards, packetsPerTshark }: ShardedOptions): boolean {
  return shards === 1 && packetsPerTshark === undefined;
}

function oneOf({ oneProcess, isMostlyRest }: ReturnType<typeof lookAtStart>): string {
  if (oneProcess !== null) return oneProcess;
  return isMostlyRest ? 'most of its packets belong to no flow that can be told' : 'one was asked for';
}
