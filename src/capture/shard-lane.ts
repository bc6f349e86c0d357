import { closeSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { Schema } from '../table/schema.ts';
import type { Table } from '../table/table.ts';
import type { ChildEnding } from '../tshark/child-process.ts';
import { openKernelPipe } from '../tshark/kernel-pipe.ts';
import { startPipeline, type Pipeline, type RunningPipeline } from '../tshark/pipeline.ts';
import type { WhyUnsafe } from './lane-requests.ts';
import { PacketOverlap } from './packet-overlap.ts';
import type { RowReader } from './row-reader.ts';
import type { Feeder } from './feeder.ts';
import type { FeedReply } from './feed-orders.ts';

/** Rows of packets that several processes share. */
export interface NumberedRows<S extends Schema = Schema> {
  readonly packets: Table<S>;
  /** For each row the number that its packet has in the whole capture, ascending, from 1 on. */
  readonly order: Uint32Array;
  /** Whether a row is of a packet of which nothing could be noted, so that columns say nothing of it. */
  readonly isLacking?: boolean | undefined;
  /** As {@link ShardLaneOptions.whyUnsafe} says of them. */
  readonly unsafe?: string | undefined;
}

export interface ShardLaneOptions<S extends Schema> {
  readonly feeder: Feeder;
  /** What reads standard input and prints `frame.number` among its columns. */
  readonly pipeline: Pipeline;
  readonly newReader: () => RowReader<Schema>;
  /** The columns of its rows: what tshark does not print of them, feeders note. */
  readonly schema: S;
  /** Is asked of all that a tshark has printed. */
  readonly whyUnsafe?: WhyUnsafe | undefined;
  /** How many packets one tshark is given, before another one follows; no limit by default. */
  readonly packetsPerTshark?: number | undefined;
  /** How many packets before its own ones a following tshark is given. */
  readonly overlapPackets?: number | undefined;
}

/** How one tshark of a lane, or its feeder, ended. */
export interface LaneEnd {
  readonly ending: ChildEnding;
  readonly reply: FeedReply;
}

export const defaultOverlapPackets = 100_000;
/** How often a tshark whose overlap does not agree is begun again, each time from twice as far before. */
const mostAttempts = 4;

/** One shard: what feeds a tshark, or one tshark after the other, and the rows that they print. */
export class ShardLane<S extends Schema> {
  readonly #options: ShardLaneOptions<S>;
  #running: RunningPipeline | undefined;
  #stopped = false;
  #end: LaneEnd | undefined;
  readonly readers: RowReader<Schema>[] = [];
  /** Rows in which two tsharks that followed each other differed to the last. */
  differences = 0;
  /** Rows that were given; unlike the readers' counts without those of overlaps. */
  rowCount = 0;
  /** How many of the packets that the capture has up to the last row's are its own: 0 to 1; 0 before there is a row. */
  ownShare = 0;

  constructor(options: ShardLaneOptions<S>) {
    this.#options = options;
  }

  /** How the last tshark ended; undefined while there may come another one. */
  get end(): LaneEnd | undefined {
    return this.#end;
  }

  /** Ends the processes; the rows end with those that are already there. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running?.stop();
  }

  async *rows(): AsyncGenerator<NumberedRows<S>, void, undefined> {
    const { packetsPerTshark = Infinity, overlapPackets = defaultOverlapPackets } = this.#options;
    let before: PacketOverlap<Schema> | undefined;
    let [given, attempt] = [0, 0];
    while (!this.#stopped) {
      const overlap = overlapPackets * 2 ** attempt;
      const upTo = given + packetsPerTshark;
      const mine = new PacketOverlap<Schema>({ from: given, upTo, length: overlapPackets });
      const agreed = yield* this.#oneTshark({
        given,
        upTo,
        overlap,
        before,
        mine,
        isLast: attempt + 1 >= mostAttempts,
      });
      if (!agreed) {
        attempt += 1;
        continue;
      }
      if (this.#end !== undefined) return;
      [given, attempt, before] = [upTo, 0, mine];
    }
  }

  /** @returns false where it does not agree with the one before it, and its rows were not given */
  async *#oneTshark(task: {
    readonly given: number;
    readonly upTo: number;
    readonly overlap: number;
    readonly before: PacketOverlap<Schema> | undefined;
    readonly mine: PacketOverlap<Schema>;
    readonly isLast: boolean;
  }): AsyncGenerator<NumberedRows<S>, boolean, undefined> {
    const { feeder, pipeline, newReader, schema } = this.#options;
    const { given, before, mine } = task;
    const pipe = await openKernelPipe();
    const running = await startPipeline(pipeline, pipe.readEnd).catch((error: unknown) => {
      closeSync(pipe.writeEnd);
      throw error;
    });
    this.#running = running;
    const back = given === 0 ? undefined : { given, packets: task.overlap };
    const { ended, numbers } = feeder.feed(pipe.writeEnd, task.upTo, back);
    // Whoever stopped us while the process started had none to stop.
    if (this.#stopped) await running.stop();
    const reader = newReader();
    this.readers.push(reader);
    let [isOver, agrees] = [false, before === undefined];
    try {
      for await (const packets of reader.read(running.last.output ?? Readable.from([]))) {
        const places = numbers.of(
          packets.column('frame.number').values as ArrayLike<unknown> as ArrayLike<number>,
        );
        mine.keep(packets, places.own);
        this.ownShare = (places.own.at(-1) ?? 0) / (places.order.at(-1) ?? 1);
        const fresh = before === undefined ? 0 : before.compare(packets, places.own);
        if (fresh === packets.rowCount) continue;
        if (!agrees && !this.#accept(before, task.isLast)) return false;
        agrees = true;
        this.rowCount += packets.rowCount - fresh;
        const whole = places.noted?.complete(packets, schema) ?? (packets as unknown as Table<S>);
        yield {
          packets: fresh === 0 ? whole : whole.slice(fresh),
          order: places.order.subarray(fresh),
          isLacking: places.noted?.isLacking,
          unsafe: this.#options.whyUnsafe?.(packets),
        };
      }
      if (!agrees && !this.#accept(before, task.isLast)) return false;
      isOver = true;
    } catch (error) {
      // Stopping destroys the stream under the reader; any other failure is a bug.
      if (!this.#stopped) throw error;
      isOver = true;
    } finally {
      if (!isOver) await running.stop();
      feeder.free();
      const [[ending], reply] = await Promise.all([running.ended, ended]);
      const goesOn = reply.kind === 'limit' && ending?.exitCode === 0 && !this.#stopped;
      if (isOver && !goesOn && ending !== undefined) this.#end = { ending, reply };
    }
    return true;
  }

  #accept(before: PacketOverlap<Schema> | undefined, isLast: boolean): boolean {
    const differences = before?.differences() ?? 0;
    if (differences > 0 && !isLast) return false;
    this.differences += differences;
    return true;
  }
}
