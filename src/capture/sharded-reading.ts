import type { Schema } from '../table/schema.ts';
import type { Outcome } from '../tshark/outcome.ts';
import { isAtLeast } from '../tshark/version.ts';
import type { CaptureEnd } from './capture-end.ts';
import type { ReadingProgress } from './capture-reading.ts';
import { pipelineFor, type CaptureRequest } from './capture-request.ts';
import { inspectInput } from './input-file.ts';
import { hasConnection } from './flow-search.ts';
import {
  notedSchema,
  restRequest,
  shardRequest,
  watchRequest,
  wholeRequest,
  whyRestIsUnsafe,
  whyShardIsUnsafe,
} from './lane-requests.ts';
import { outcomeOfLanes } from './lane-outcome.ts';
import { laneWork, sharedWork } from './lane-work.ts';
import { mergeStreams } from './merge-streams.ts';
import { unlessInRow } from './reading-outcome.ts';
import { RestLane } from './rest-lane.ts';
import { RestWatch } from './rest-watch.ts';
import { RowReader, type RowCounts } from './row-reader.ts';
import { canCountRest, canLeaveDatagrams, filterFields, needsHeadersOnly } from './shard-plan.ts';
import { defaultOverlapPackets, ShardLane, type NumberedRows } from './shard-lane.ts';
import type { Feeder } from './feeder.ts';
import { FeedThread } from './feed-thread.ts';
import type { Share } from './shard-feed.ts';
import type { Spool } from './spool-state.ts';

export interface ShardedOptions {
  /** How many tsharks share the flows; 1 gives all packets to one. */
  readonly shards: number;
  readonly packetsPerTshark?: number | undefined;
  readonly overlapPackets?: number | undefined;
  /**
   * Whether all that is between addresses between which there are fragments of TCP segments, or tunnels carry some, is kept
   * apart from the shards.
   */
  readonly keepsApart?: boolean | undefined;
  /** Whether all datagrams of UDP are looked into, and not those alone that look as if they carried packets. */
  readonly keepsDatagrams?: boolean | undefined;
}

/** Why a capture is left to one process whose connections have packets in a shard and out of it. */
export const connectionsAreMixed =
  'it has a connection both in tunnels, fragments or uncommon link layers and without';

/** The rows of a file up to this size may all wait for those of the rest, which come late where they are few. */
const mostUnsettledBytes = 256e6;

/**
 * A capture file that several tsharks read, each the packets of some flows, or one after the other, each a part; or
 * both. The rows are those of one tshark that reads the file, only not in order, which is why they come with their
 * packets' numbers.
 *
 * It may turn out on the way that flows cannot be told apart safely: `unsafe` then says why, the iteration ends early,
 * and what it gave is to be thrown away. It is for requests whose rows are those of packets with TCP.
 */
export class ShardedReading<S extends Schema> {
  readonly #request: CaptureRequest<S>;
  readonly #options: ShardedOptions;
  readonly #threads: FeedThread[] = [];
  readonly #feeders: Feeder[] = [];
  readonly #lanes: ShardLane<Schema>[] = [];
  /** For each lane, the number of the packet of the last row that was taken. */
  readonly #taken: number[] = [];
  #settled = 0;
  #rest: RestWatch | RestLane | undefined;
  readonly #scan = new AbortController();
  #pairs: Promise<Set<number>> | undefined;
  #bytesTotal: number | undefined;
  #bytesRead = 0;
  #share = 0;
  #stopped = false;
  #unsafe: string | undefined;
  #end: CaptureEnd | undefined;

  /** @param request - whose input is a file */
  constructor(request: CaptureRequest<S>, options: ShardedOptions) {
    this.#request = request;
    this.#options = options;
  }

  /** How it ended; undefined before that, and where it is unsafe. */
  get end(): CaptureEnd | undefined {
    return this.#end;
  }

  /** Why one process must read the capture; undefined where that is not so. */
  get unsafe(): string | undefined {
    return this.#unsafe;
  }

  /** As {@link CaptureReading.rowsMaybeCut}. */
  get rowsMaybeCut(): number {
    return this.#readers().reduce((sum, { rowsMaybeCut }) => sum + rowsMaybeCut, 0);
  }

  /** Rows in which tsharks that followed each other did not agree to the last. */
  get differences(): number {
    return this.#allLanes().reduce((sum, lane) => sum + lane.differences, 0);
  }

  /**
   * No row of a packet before the one with this number is still to come. Of a large file's rest that is expected only: a row
   * that comes too late all the same makes the reading unsafe.
   */
  get settled(): number {
    const rest = this.#rest instanceof RestLane ? this.#rest.expected : Infinity;
    this.#settled = Math.max(this.#settled, Math.min(rest, ...this.#taken));
    return this.#settled;
  }

  progress(): ReadingProgress {
    const offsets = this.#lanes.map((_, i) => this.#feeders[i]?.offset ?? 0);
    // A feeder that goes back reads again what was read.
    this.#bytesRead = Math.max(this.#bytesRead, offsets.length === 0 ? 0 : Math.min(...offsets));
    const rows = this.#allLanes().reduce((sum, { rowCount }) => sum + rowCount, 0);
    this.#share = Math.max(this.#share, this.#work());
    const share = this.#bytesTotal === undefined ? undefined : this.#share;
    return { bytesRead: this.#bytesRead, bytesTotal: this.#bytesTotal, rows, share };
  }

  /** How much is done, 0 to 1. */
  #work(): number {
    const furthest = this.#feeders.reduce((most, { offset }) => Math.max(most, offset), 0);
    const met = this.#feeders.reduce((most, { met }) => Math.max(most, met), 0);
    if (furthest === 0 || this.#bytesTotal === undefined) return 0;
    const { packetsPerTshark, overlapPackets = defaultOverlapPackets } = this.#options;
    const packetsTotal = (met * this.#bytesTotal) / furthest;
    const works = this.#lanes.map((lane, i) => {
      if (lane.end !== undefined) return 1;
      const followers = Math.max(0, lane.readers.length - 1);
      const place = { met: this.#feeders[i]?.met ?? 0, ownShare: lane.ownShare, followers };
      return laneWork(place, packetsTotal, { packetsPerTshark, overlapPackets });
    });
    return sharedWork(works);
  }

  /** Stops the processes; the iteration ends with the rows that were already there. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#stopAll();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<NumberedRows, void, undefined> {
    const { input } = this.#request;
    const { spool } = this.#request;
    if (typeof input !== 'string') throw new Error('Files that are joined cannot be shared.');
    if (spool === undefined) this.#bytesTotal = inspectInput(input).size;
    if (this.#stopped) return;
    this.#start(spool?.spool ?? input);
    void spool?.givenUp.then(async (reason) => {
      this.#unsafe ??= reason;
      await this.#stopAll();
    });
    const watched = this.#watch();
    try {
      for await (const rows of this.#rows()) {
        if (this.#unsafe !== undefined) return;
        if (rows.unsafe !== undefined) this.#unsafe = rows.unsafe;
        else if (rows.isLacking === true)
          this.#unsafe = 'it has packets whose ends are told by dissection only';
        else yield rows;
      }
      await watched;
      if (this.#unsafe === undefined && (await this.#isMixed(input))) this.#unsafe = connectionsAreMixed;
      if (this.#unsafe === undefined) this.#conclude(input);
    } finally {
      await this.#stopAll();
      await watched;
      await Promise.all(this.#threads.map((thread) => thread.close()));
    }
  }

  get #shares(): number {
    return this.#options.shards;
  }

  #start(from: string | Spool): void {
    const { packetsPerTshark, overlapPackets } = this.#options;
    const isNoted = this.#shares > 1 && this.#request.onlyTcpEnds === true;
    const isHeaders = isNoted && needsHeadersOnly(this.#request);
    const countsRest = this.#shares > 1 && canCountRest(this.#request);
    const leavesDatagrams = canLeaveDatagrams(this.#request) && this.#options.keepsDatagrams !== true;
    const pairs = this.#pairsApart(from);
    this.#pairs = pairs;
    const shareOf = async (own: Exclude<Share, { kind: 'all' }>): Promise<Share> => ({
      ...own,
      leavesDatagrams,
      apart: await pairs,
    });
    const asked = this.#shares === 1 ? wholeRequest(this.#request) : shardRequest(this.#request);
    const pipeline = pipelineFor(asked);
    const schema = isNoted ? notedSchema(this.#request) : asked.schema;
    for (let index = 0; index < this.#shares; index++) {
      const tellsFlows = countsRest && index === 0;
      const flows = { kind: 'flows', index, count: this.#shares, isNoted, isHeaders, tellsFlows } as const;
      const onRest = index === 0 ? () => this.#rest?.begin() : undefined;
      const share = this.#shares === 1 ? ({ kind: 'all' } as const) : shareOf(flows);
      const feeder = this.#threadFor(from).feeder(from, share, onRest);
      this.#feeders.push(feeder);
      this.#taken.push(0);
      const newReader = () => readerOf(asked);
      const limits = { packetsPerTshark, overlapPackets };
      this.#lanes.push(
        new ShardLane({
          feeder,
          pipeline,
          newReader,
          schema,
          whyUnsafe: this.#shares > 1 ? whyShardIsUnsafe : undefined,
          ...limits,
        }),
      );
    }
    if (this.#shares === 1) return;
    const newFeeder = () => this.#threadFor(from).feeder(from, shareOf({ kind: 'rest' }));
    this.#rest = countsRest ? this.#restLane(newFeeder, leavesDatagrams) : this.#restWatch(newFeeder);
    // Where something is to be kept apart, there will be packets of the rest.
    if (pairs !== undefined) this.#rest.begin();
  }

  /** One for all, but for what is still being written, for which a thread waits. */
  #threadFor(from: string | Spool): FeedThread {
    const [first] = this.#threads;
    if (first !== undefined && typeof from === 'string') return first;
    const thread = new FeedThread();
    this.#threads.push(thread);
    return thread;
  }

  /** Between whom everything is kept apart. */
  #pairsApart(from: string | Spool): Promise<Set<number>> | undefined {
    if (this.#options.keepsApart !== true || typeof from !== 'string') return undefined;
    return this.#threadFor(from).pairsApart(from, this.#scan.signal);
  }

  #restWatch(newFeeder: () => Feeder): RestWatch {
    const { packetsPerTshark } = this.#options;
    return new RestWatch({ newFeeder, pipeline: pipelineFor(watchRequest(this.#request)), packetsPerTshark });
  }

  #restLane(newFeeder: () => Feeder, leavesDatagrams: boolean): RestLane {
    const isPrompt = (this.#bytesTotal ?? Infinity) > mostUnsettledBytes;
    const request = restRequest(this.#request, { prompt: isPrompt, leavesDatagrams });
    const { packetsPerTshark, overlapPackets } = this.#options;
    return new RestLane({
      newFeeder,
      isPrompt,
      pipeline: pipelineFor(request),
      newReader: () => readerOf(request),
      schema: request.schema,
      asked: filterFields(this.#request.displayFilter ?? ''),
      whyUnsafe: whyRestIsUnsafe(leavesDatagrams),
      packetsPerTshark,
      overlapPackets,
    });
  }

  #rows(): AsyncGenerator<NumberedRows, void, undefined> {
    const lanes = this.#allLanes().map((lane, i) => this.#laneRows(lane, i));
    return mergeStreams(lanes, () => void this.#stopAll());
  }

  /** When one ends otherwise than well, so do all. */
  async *#laneRows(
    lane: ShardLane<Schema> | RestLane,
    index: number,
  ): AsyncGenerator<NumberedRows, void, undefined> {
    for await (const rows of lane.rows()) {
      if (lane instanceof RestLane && (rows.order[0] ?? Infinity) <= this.#settled)
        this.#unsafe ??= 'its packets in tunnels, or the like, take too long';
      yield rows;
      // Whoever asks for more has taken these.
      if (lane instanceof ShardLane) this.#taken[index] = rows.order.at(-1) ?? this.#taken[index] ?? 0;
    }
    if (lane instanceof ShardLane) this.#taken[index] = Infinity;
    // The first shard's feeder walks over all packets, and would have met those of the rest.
    if (index === 0) this.#rest?.skip();
    const { end } = lane;
    if (end === undefined) return;
    if (end.reply.kind === 'odd') this.#unsafe ??= end.reply.reason;
    const isWell = end.ending.exitCode === 0 || (end.reply.kind === 'end' && end.reply.isCut);
    if (!isWell) void this.#stopAll();
  }

  async #watch(): Promise<void> {
    if (!(this.#rest instanceof RestWatch)) return;
    const finding = await this.#rest.finding();
    if (finding === null || this.#rest.isStopped) return;
    this.#unsafe ??= finding;
    await this.#stopAll();
  }

  async #stopAll(): Promise<void> {
    this.#scan.abort();
    await Promise.all([...this.#lanes.map((lane) => lane.stop()), this.#rest?.stop()]);
  }

  #conclude(path: string): void {
    const outcome = this.#outcome(path);
    if (outcome === null) return;
    const counts = this.#counts();
    this.#end = { ...unlessInRow(outcome, counts), ...counts };
  }

  /** Null, and unsafe, where one process is to be asked what it says. */
  #outcome(path: string): Outcome | null {
    const { tshark, spool } = this.#request;
    const ends = this.#allLanes()
      .filter((lane) => lane instanceof ShardLane || lane.isBegun)
      .map((lane) => lane.end);
    if (this.#stopped) return { kind: 'stopped', words: '' };
    const outcome = outcomeOfLanes(ends, tshark.version, {
      isWhole: this.#rest?.isStopped !== true,
      // What comes through a pipe is one tshark's standard input too.
      path: spool === undefined ? path : undefined,
    });
    if (outcome === null) this.#unsafe = 'tshark found something wrong with it';
    return outcome;
  }

  /** Whether a connection may have packets among the rest and in a shard. */
  async #isMixed(path: string): Promise<boolean> {
    const rest = this.#rest;
    if (!(rest instanceof RestLane) || !rest.isBegun || this.#stopped) return false;
    if (rest.flows.isUncertain || rest.readers.some(({ counts }) => counts.malformedValues > 0)) return true;
    const reply = this.#lanes[0]?.end?.reply;
    const flows = reply?.kind === 'end' ? reply.flows : undefined;
    // What has gone wrong then, others say better.
    if (flows === undefined) return false;
    const alike = rest.flows.among(flows);
    if (alike.size === 0) return false;
    if (this.#request.spool !== undefined) return true;
    try {
      return await hasConnection(path, alike, await this.#pairs, this.#scan.signal);
    } catch {
      // One process says better what is wrong with the file.
      return !this.#scan.signal.aborted;
    }
  }

  #counts(): RowCounts {
    const readers = this.#readers();
    return {
      rows: this.#allLanes().reduce((sum, { rowCount }) => sum + rowCount, 0),
      malformedRows: readers.reduce((sum, { counts }) => sum + counts.malformedRows, 0),
      malformedValues: readers.reduce((sum, { counts }) => sum + counts.malformedValues, 0),
      cutShort: readers.some(({ counts }) => counts.cutShort),
    };
  }

  #readers(): RowReader<Schema>[] {
    return this.#allLanes().flatMap(({ readers }) => readers);
  }

  #allLanes(): (ShardLane<Schema> | RestLane)[] {
    return this.#rest instanceof RestLane ? [...this.#lanes, this.#rest] : this.#lanes;
  }
}

function readerOf({ schema, tshark, extraction }: CaptureRequest<Schema>): RowReader<Schema> {
  return new RowReader({ schema, quotesAreDoubled: isAtLeast(tshark.version, '4.3'), extraction });
}
