/** The thread that feeds one tshark at a time: see {@link ShardThread}. */
import { parentPort, workerData } from 'node:worker_threads';
import { OddCapture, type ReadBytes } from './packet-walk.ts';
import type { PacketNotes } from './packet-notes.ts';
import type { NumberedBatch } from './packet-numbers.ts';
import { readSpool } from './spool-state.ts';
import { ShardFeed } from './shard-feed.ts';
import type { FeedMessage, FeedReply, FeedTask, ShardWork } from './shard-thread.ts';

const { from, share, numbersPort, place, freed } = workerData as ShardWork;
let feed: ShardFeed | undefined;
let task = 0;

function feedTo(pipe: number | undefined, upTo: number): FeedReply {
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

parentPort?.on('message', (asked: FeedTask) => {
  task = asked.task;
  if (asked.back !== undefined) feed?.goBack(asked.back.given, asked.back.packets);
  parentPort?.postMessage(feedTo(asked.pipe, asked.upTo));
});

/** Is freed of a task when nobody reads what comes of it. */
function bytesOf(source: ShardWork['from']): string | ReadBytes {
  return typeof source === 'string' ? source : readSpool(source, () => Atomics.load(freed, 0) >= task);
}

function arraysOf(notes: PacketNotes | undefined): (Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>)[] {
  return notes === undefined ? [] : [notes.seconds, notes.nanoseconds, notes.ends, notes.connections];
}
