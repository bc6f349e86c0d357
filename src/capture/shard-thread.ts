import { closeSync } from 'node:fs';
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { PacketNumbers } from './packet-numbers.ts';
import { OddCapture } from './packet-walk.ts';
import type { FeedPause, Share } from './shard-feed.ts';
import { SpoolState, type Spool } from './spool-state.ts';

/** What a thread is started with. */
export interface ShardWork {
  /** The path of a file, or one that is still being written. */
  readonly from: string | Spool;
  /** Where the numbers of packets are posted. */
  readonly numbersPort: MessagePort;
  /** How far in the file it is, in bytes and in packets: two numbers, shared. */
  readonly place: Float64Array;
  /** The last task that needs not wait any more for a file to be written: one number, shared. */
  readonly freed: Int32Array;
}

/** What a thread is asked. */
export interface FeedTask {
  /** Counts the tasks of a thread. */
  readonly task: number;
  /** Where to write. Undefined to wait until there is something to be written. */
  readonly pipe: number | undefined;
  /** How many of the share's packets to give, counted from the beginning of the file. */
  readonly upTo: number;
  /** Give at least so many `packets` before the one behind `given` again. */
  readonly back?: { readonly given: number; readonly packets: number } | undefined;
}

/** What a thread is sent: first its share, then tasks. */
export type FeedOrder = Share | FeedTask;

/** How a task ended. */
export type FeedReply =
  | FeedPause
  /** The packets cannot be parted safely. */
  | { readonly kind: 'odd'; readonly reason: string }
  /** The system did not let it: EPIPE where the reader of the pipe is gone. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/** What a thread posts: the reply to its task, and on the way that the first packet of the rest was met. */
export type FeedMessage = FeedReply | { readonly kind: 'rest' };

/** Packets on their way to one tshark. */
export interface Feeding {
  readonly ended: Promise<FeedReply>;
  /** The numbers that the packets of this task have in the whole capture. */
  readonly numbers: PacketNumbers;
}

/**
 * A thread that walks over a file and feeds the packets of one share to one tshark after the other. A pipe holds 64 KB:
 * whoever fills it must not have anything else to do, or tshark waits.
 */
export class ShardThread {
  readonly #worker: Worker;
  readonly #numbers: MessagePort;
  readonly #place = new Float64Array(new SharedArrayBuffer(16));
  readonly #freed = new Int32Array(new SharedArrayBuffer(4));
  readonly #spool: SpoolState | undefined;
  #tasks = 0;
  #pipe: number | undefined;
  #reply: ((reply: FeedReply) => void) | undefined;
  /** Whether the share is known. */
  #isBegun = false;
  /** What waits for that. */
  #first: FeedTask | undefined;
  /** Why the thread is gone. */
  #failure: FeedReply | undefined;

  /**
   * @param share - where it is only promised, the first task waits for it; where the promise rejects, tasks fail
   * @param onRest - is told of the first packet that may carry TCP but belongs to no flow that can be told
   */
  constructor(from: string | Spool, share: Share | Promise<Share>, onRest?: () => void) {
    const { port1, port2 } = new MessageChannel();
    this.#numbers = port1;
    if (typeof from !== 'string') this.#spool = new SpoolState(from.shared);
    this.#worker = this.#start(
      { from, numbersPort: port2, place: this.#place, freed: this.#freed },
      onRest ?? (() => undefined),
    );
    if (share instanceof Promise)
      share.then(
        (known) => {
          this.#begin(known);
        },
        (error: unknown) => {
          this.#fail(
            error instanceof OddCapture
              ? { kind: 'odd', reason: error.message }
              : threadFailure(String(error)),
          );
        },
      );
    else this.#begin(share);
  }

  #start(work: ShardWork, onRest: () => void): Worker {
    const worker = new Worker(workerFile(), { workerData: work, transferList: [work.numbersPort] });
    worker.on('message', (reply: FeedMessage) => {
      if (reply.kind === 'rest') {
        onRest();
        return;
      }
      this.#closePipe();
      this.#settle(reply);
    });
    worker.on('error', (error) => {
      this.#fail(threadFailure(error.message));
    });
    worker.on('exit', () => {
      this.#fail(threadFailure('The thread has ended.'));
    });
    return worker;
  }

  #begin(share: Share): void {
    this.#order(share);
    if (this.#first !== undefined) this.#order(this.#first);
    this.#first = undefined;
    this.#isBegun = true;
  }

  #order(order: FeedOrder): void {
    this.#worker.postMessage(order);
  }

  /** How many bytes of the file have been walked over. */
  get offset(): number {
    return this.#place[0] ?? 0;
  }

  /** How many packets have been walked over. */
  get met(): number {
    return this.#place[1] ?? 0;
  }

  /**
   * To be called when the last task has ended. The promise never rejects.
   *
   * @param pipe - the end to write to, which is closed when the task has ended
   */
  feed(pipe: number | undefined, upTo: number, back?: FeedTask['back']): Feeding {
    const task = ++this.#tasks;
    const numbers = new PacketNumbers(this.#numbers, task);
    this.#pipe = pipe;
    if (this.#failure !== undefined) {
      this.#closePipe();
      return { ended: Promise.resolve(this.#failure), numbers };
    }
    const ended = new Promise<FeedReply>((resolve) => {
      this.#reply = resolve;
    });
    const asked: FeedTask = { task, pipe, upTo, back };
    if (this.#isBegun) this.#order(asked);
    else this.#first = asked;
    return { ended, numbers };
  }

  /**
   * Ends the task where it waits, or will wait, for more to be written to what it reads: to be called when nobody reads
   * its pipe any more, which it could only find out by writing.
   */
  free(): void {
    Atomics.store(this.#freed, 0, this.#tasks);
    this.#spool?.wake();
  }

  /** Resolves when the thread is gone. One that waits for its pipe is freed by the end of who reads it. */
  async close(): Promise<void> {
    await this.#worker.terminate();
    this.#fail(threadFailure('The thread has ended.'));
    this.#numbers.close();
  }

  #closePipe(): void {
    if (this.#pipe !== undefined) closeSync(this.#pipe);
    this.#pipe = undefined;
  }

  #fail(failure: FeedReply): void {
    this.#failure ??= failure;
    this.#closePipe();
    this.#settle(this.#failure);
  }

  #settle(reply: FeedReply): void {
    this.#reply?.(reply);
    this.#reply = undefined;
  }
}

function threadFailure(message: string): FeedReply {
  return { kind: 'failed', code: 'thread', message };
}

/** A thread loads JavaScript only: where this file has not been compiled, the one that has been is taken. */
function workerFile(): URL {
  const isSource = import.meta.url.endsWith('.ts');
  return new URL(isSource ? '../../dist/capture/shard-worker.js' : './shard-worker.js', import.meta.url);
}
