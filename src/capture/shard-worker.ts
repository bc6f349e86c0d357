/** The thread that feeds one tshark at a time: see {@link ShardThread}. */
import { parentPort, workerData } from 'node:worker_threads';
import { OddCapture, type ReadBytes } from './packet-walk.ts';
import type { PacketNotes } from './packet-notes.ts';
import type { NumberedBatch } from './packet-numbers.ts';
import { readSpool } from './spool-state.ts';
import { ShardFeed, type Share } from './shard-feed.ts';
import type { FeedMessage, FeedOrder, FeedReply, ShardWork } from './shard-thread.ts';

const { from, numbersPort, place, freed } = workerData as ShardWork;
let share: Share | undefined;
let feed: ShardFeed | undefined;
let task = 0;

function feedTo(share: Share, pipe: number | undefined, upTo: number): FeedReply {
  try {
    feed ??= new ShardFeed(bytesOf(from), share, {
      onNumbers: (numbers, before, notes) => {
        const buffers = [numbers, ...arraysOf(notes)].map(({ buffer }) => buffer);
        numbersPort.postMessage({ task, before, numbers, notes } satisfies NumberedBatch, buffers);
      },
      onPlace: (offset, met) => {
        place[0] = offset;
        place[1] = met;
      },
      onRest: () => parentPort?.postMessage({ kind: 'rest' } satisfies FeedMessage),
    });
    return feed.feed(pipe, upTo);
  } catch (error) {
    if (error instanceof OddCapture) return { kind: 'odd', reason: error.message };
    const { code = 'unknown', message } = error as NodeJS.ErrnoException;
    return { kind: 'failed', code, message };
  }
}

parentPort?.on('message', (asked: FeedOrder) => {
  if ('kind' in asked) {
    share = asked;
    return;
  }
  if (share === undefined) throw new Error('A task has come before the share.');
  task = asked.task;
  if (asked.back !== undefined) feed?.goBack(asked.back.given, asked.back.packets);
  parentPort?.postMessage(feedTo(share, asked.pipe, asked.upTo));
});

/** Is freed of a task when nobody reads what comes of it. */
function bytesOf(source: ShardWork['from']): string | ReadBytes {
  return typeof source === 'string' ? source : readSpool(source, () => Atomics.load(freed, 0) >= task);
}

function arraysOf(notes: PacketNotes | undefined): (Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>)[] {
  return notes === undefined ? [] : [notes.seconds, notes.nanoseconds, notes.ends, notes.connections];
}
