/** The thread that feeds tsharks: see {@link FeedThread}. */
import { parentPort } from 'node:worker_threads';
import { OddCapture, type ReadBytes } from './packet-walk.ts';
import type { PacketNotes } from './packet-notes.ts';
import type { NumberedBatch } from './packet-numbers.ts';
import { pairsApart } from './pairs-apart.ts';
import { PipeWriter } from './pipe-writer.ts';
import { readSpool } from './spool-state.ts';
import { ShardFeed, type Share } from './shard-feed.ts';
import type {
  FailedReply,
  FeedReply,
  FeedTask,
  FeedWork,
  ThreadMessage,
  ThreadOrder,
} from './feed-orders.ts';

/** One that feeds one tshark after the other. */
class FeederTurns {
  readonly #work: FeedWork;
  readonly #share: Share;
  #feed: ShardFeed | undefined;
  #task = 0;

  constructor(work: FeedWork, share: Share) {
    this.#work = work;
    this.#share = share;
  }

  async run({ task, pipe, upTo, back }: FeedTask): Promise<FeedReply> {
    this.#task = task;
    const writer = pipe === undefined ? undefined : new PipeWriter(pipe);
    Atomics.store(this.#work.flags, 1, task);
    try {
      this.#feed ??= this.#begin();
      if (back !== undefined) this.#feed.goBack(back.given, back.packets);
      return await this.#feed.feed(writer, upTo);
    } catch (error) {
      return failureOf(error);
    } finally {
      await writer?.close();
    }
  }

  #begin(): ShardFeed {
    const { numbersPort, place, feeder } = this.#work;
    return new ShardFeed(this.#source(), this.#share, {
      onNumbers: (numbers, before, notes) => {
        const buffers = [numbers, ...arraysOf(notes)].map(({ buffer }) => buffer);
        numbersPort.postMessage(
          { task: this.#task, before, numbers, notes } satisfies NumberedBatch,
          buffers,
        );
      },
      onPlace: (offset, met) => {
        place[0] = offset;
        place[1] = met;
      },
      onRest: () => {
        post({ kind: 'rest', feeder });
      },
    });
  }

  /** Is freed of a task when nobody reads what comes of it. */
  #source(): string | ReadBytes {
    const { from, flags } = this.#work;
    return typeof from === 'string' ? from : readSpool(from, () => Atomics.load(flags, 0) >= this.#task);
  }
}

const feeders = new Map<number, FeederTurns>();
const neverAborted = new AbortController().signal;

parentPort?.on('message', (order: ThreadOrder) => {
  if (order.kind === 'begin') feeders.set(order.work.feeder, new FeederTurns(order.work, order.share));
  else if (order.kind === 'pairs') void findPairs(order.path);
  else void runTask(order.feeder, order.task);
});

async function runTask(feeder: number, task: FeedTask): Promise<void> {
  const turns = feeders.get(feeder);
  if (turns === undefined) throw new Error('A task has come before its share.');
  post({ kind: 'ended', feeder, reply: await turns.run(task) });
}

async function findPairs(path: string): Promise<void> {
  try {
    post({ kind: 'pairs', pairs: await pairsApart(path, neverAborted) });
  } catch (error) {
    post({ kind: 'noPairs', failure: failureOf(error) });
  }
}

function failureOf(error: unknown): FailedReply {
  if (error instanceof OddCapture) return { kind: 'odd', reason: error.message };
  const { code = 'unknown', message } = error as NodeJS.ErrnoException;
  return { kind: 'failed', code, message };
}

function post(message: ThreadMessage): void {
  parentPort?.postMessage(message);
}

function arraysOf(notes: PacketNotes | undefined): (Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>)[] {
  return notes === undefined ? [] : [notes.seconds, notes.nanoseconds, notes.ends, notes.connections];
}
