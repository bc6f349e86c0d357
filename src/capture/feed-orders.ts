import type { MessagePort } from 'node:worker_threads';
import type { FeedPause, Share } from './shard-feed.ts';
import type { Spool } from './spool-state.ts';

/** What a feeder is begun with. */
export interface FeedWork {
  /** Its number in its thread. */
  readonly feeder: number;
  /** The path of a file, or one that is still being written: its feeder blocks its thread while there is no more of it. */
  readonly from: string | Spool;
  /** Where the numbers of packets are posted. */
  readonly numbersPort: MessagePort;
  /** How far in the file it is, in bytes and in packets: two numbers, shared. */
  readonly place: Float64Array;
  /**
   * Two numbers, shared: the last task that needs not wait any more for a file to be written, and the last one whose
   * pipe is the thread's to close.
   */
  readonly flags: Int32Array;
}

/** What a feeder is asked. */
export interface FeedTask {
  /** Counts the tasks of a feeder. */
  readonly task: number;
  /** Where to write. Undefined to wait until there is something to be written. */
  readonly pipe: number | undefined;
  /** How many of the share's packets to give, counted from the beginning of the file. */
  readonly upTo: number;
  /** Give at least so many `packets` before the one behind `given` again. */
  readonly back?: { readonly given: number; readonly packets: number } | undefined;
}

/** What a thread is sent; of a feeder, first what it is begun with, then tasks. */
export type ThreadOrder =
  | { readonly kind: 'begin'; readonly work: FeedWork; readonly share: Share }
  | { readonly kind: 'task'; readonly feeder: number; readonly task: FeedTask }
  /** Whose connections are to be kept apart? See `pairs-apart.ts`. */
  | { readonly kind: 'pairs'; readonly path: string };

export type FailedReply =
  /** The packets cannot be parted safely. */
  | { readonly kind: 'odd'; readonly reason: string }
  /** The system did not let it: EPIPE where the reader of the pipe is gone. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/** How a task ended. */
export type FeedReply = FeedPause | FailedReply;

/** What a thread posts. */
export type ThreadMessage =
  | { readonly kind: 'ended'; readonly feeder: number; readonly reply: FeedReply }
  /** The first packet of the rest was met. */
  | { readonly kind: 'rest'; readonly feeder: number }
  | { readonly kind: 'pairs'; readonly pairs: Set<number> }
  | { readonly kind: 'noPairs'; readonly failure: FailedReply };
