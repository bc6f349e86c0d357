import { closeSync } from 'node:fs';
import type { MessagePort } from 'node:worker_threads';
import type { FailedReply, FeedReply, FeedTask, FeedWork } from './feed-orders.ts';
import { PacketNumbers } from './packet-numbers.ts';
import type { Share } from './shard-feed.ts';
import { SpoolState, type Spool } from './spool-state.ts';

/** Packets on their way to one tshark. */
export interface Feeding {
  readonly ended: Promise<FeedReply>;
  /** The numbers that the packets of this task have in the whole capture. */
  readonly numbers: PacketNumbers;
}

export interface FeederOptions {
  readonly from: string | Spool;
  /** Where the numbers of packets come from. */
  readonly numbers: MessagePort;
  /** Begins it in its thread. */
  readonly begin: (share: Share, state: Pick<FeedWork, 'place' | 'flags'>) => void;
  /** Asks it something there. */
  readonly order: (task: FeedTask) => void;
  /** Is told of the first packet that may carry TCP but belongs to no flow that can be told. */
  readonly onRest: () => void;
}

/** What in a {@link FeedThread} feeds the packets of one share to one tshark after the other. */
export class Feeder {
  readonly #options: FeederOptions;
  readonly #place = new Float64Array(new SharedArrayBuffer(16));
  readonly #flags = new Int32Array(new SharedArrayBuffer(8));
  readonly #spool: SpoolState | undefined;
  #tasks = 0;
  #pipe: number | undefined;
  #reply: ((reply: FeedReply) => void) | undefined;
  /** Whether the share is known. */
  #isBegun = false;
  /** What waits for that. */
  #first: FeedTask | undefined;
  /** Why no task can end well any more. */
  #failure: FailedReply | undefined;

  constructor(options: FeederOptions) {
    this.#options = options;
    const { from } = options;
    if (typeof from !== 'string') this.#spool = new SpoolState(from.shared);
  }

  /** How many bytes of the file have been walked over. */
  get offset(): number {
    return this.#place[0] ?? 0;
  }

  /** How many packets have been walked over. */
  get met(): number {
    return this.#place[1] ?? 0;
  }

  /** The share is known. To be called once, by its thread, as the others below. */
  begin(share: Share): void {
    if (this.#failure !== undefined) return;
    this.#options.begin(share, { place: this.#place, flags: this.#flags });
    if (this.#first !== undefined) this.#options.order(this.#first);
    this.#first = undefined;
    this.#isBegun = true;
  }

  /**
   * To be called when the last task has ended. The promise never rejects.
   *
   * @param pipe - the end to write to, which is closed when the task has ended
   */
  feed(pipe: number | undefined, upTo: number, back?: FeedTask['back']): Feeding {
    const task = ++this.#tasks;
    const numbers = new PacketNumbers(this.#options.numbers, task);
    this.#pipe = pipe;
    if (this.#failure !== undefined) {
      this.#closePipe();
      return { ended: Promise.resolve(this.#failure), numbers };
    }
    const ended = new Promise<FeedReply>((resolve) => {
      this.#reply = resolve;
    });
    const asked: FeedTask = { task, pipe, upTo, back };
    if (this.#isBegun) this.#options.order(asked);
    else this.#first = asked;
    return { ended, numbers };
  }

  /**
   * Ends the task where it waits, or will wait, for more to be written to what it reads: to be called when nobody reads
   * its pipe any more, which it could only find out by writing.
   */
  free(): void {
    Atomics.store(this.#flags, 0, this.#tasks);
    this.#spool?.wake();
  }

  meetRest(): void {
    this.#options.onRest();
  }

  settle(reply: FeedReply): void {
    this.#pipe = undefined;
    this.#reply?.(reply);
    this.#reply = undefined;
  }

  fail(failure: FailedReply): void {
    this.#failure ??= failure;
    this.#closePipe();
    this.settle(this.#failure);
  }

  close(): void {
    this.#options.numbers.close();
  }

  /** A thread closes the pipes that it has taken. */
  #closePipe(): void {
    const isTaken = Atomics.load(this.#flags, 1) === this.#tasks;
    if (this.#pipe !== undefined && !isTaken) closeSync(this.#pipe);
    this.#pipe = undefined;
  }
}
