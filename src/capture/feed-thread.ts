import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { Feeder } from './feeder.ts';
import type { FailedReply, FeedWork, ThreadMessage, ThreadOrder } from './feed-orders.ts';
import { OddCapture } from './packet-walk.ts';
import type { Share } from './shard-feed.ts';
import type { Spool } from './spool-state.ts';

/**
 * A thread that walks over a file and feeds tsharks. A pipe holds 64 KB: whoever fills it must not have much else to do,
 * or tshark waits. Several feeders take turns on one thread, since each of several would have to compile the same code.
 */
export class FeedThread {
  readonly #worker: Worker;
  readonly #feeders: Feeder[] = [];
  #pairs:
    { readonly resolve: (pairs: Set<number>) => void; readonly reject: (error: Error) => void } | undefined;
  /** Why the thread is gone. */
  #failure: FailedReply | undefined;

  constructor() {
    this.#worker = new Worker(workerFile());
    this.#worker.on('message', (message: ThreadMessage) => {
      this.#take(message);
    });
    this.#worker.on('error', (error) => {
      this.#fail(error.message);
    });
    this.#worker.on('exit', () => {
      this.#fail('The thread has ended.');
    });
  }

  /**
   * @param share - where it is only promised, the first task waits for it; where the promise rejects, tasks fail
   * @param onRest - is told of the first packet that may carry TCP but belongs to no flow that can be told
   */
  feeder(from: string | Spool, share: Share | Promise<Share>, onRest?: () => void): Feeder {
    const { port1, port2 } = new MessageChannel();
    const number = this.#feeders.length;
    const feeder = new Feeder({
      from,
      numbers: port1,
      begin: (known, state) => {
        const work: FeedWork = { feeder: number, from, numbersPort: port2, ...state };
        this.#order({ kind: 'begin', work, share: known }, [port2]);
      },
      order: (task) => {
        this.#order({ kind: 'task', feeder: number, task });
      },
      onRest: onRest ?? (() => undefined),
    });
    this.#feeders.push(feeder);
    if (this.#failure !== undefined) feeder.fail(this.#failure);
    if (share instanceof Promise)
      share.then(
        (known) => {
          feeder.begin(known);
        },
        (error: unknown) => {
          feeder.fail(
            error instanceof OddCapture
              ? { kind: 'odd', reason: error.message }
              : threadFailure(String(error)),
          );
        },
      );
    else feeder.begin(share);
    return feeder;
  }

  /**
   * Looks for those whose connections are to be kept apart. To be called once.
   *
   * @throws OddCapture where the file's packets cannot be walked over; the reason of `signal` where it is aborted; an error with
   *   what the system, or the thread, says
   */
  async pairsApart(path: string, signal: AbortSignal): Promise<Set<number>> {
    return await new Promise((resolve, reject) => {
      signal.addEventListener(
        'abort',
        () => {
          reject(signal.reason as Error);
        },
        { once: true },
      );
      this.#pairs = { resolve, reject };
      if (this.#failure === undefined) this.#order({ kind: 'pairs', path });
      else this.#settlePairs(this.#failure);
    });
  }

  /** Resolves when the thread is gone. A feeder that waits for a file to be written has to be freed before. */
  async close(): Promise<void> {
    await this.#worker.terminate();
    this.#fail('The thread has ended.');
    for (const feeder of this.#feeders) feeder.close();
  }

  #order(order: ThreadOrder, ports: MessagePort[] = []): void {
    this.#worker.postMessage(order, ports);
  }

  #take(message: ThreadMessage): void {
    if (message.kind === 'pairs') this.#pairs?.resolve(message.pairs);
    else if (message.kind === 'noPairs') this.#settlePairs(message.failure);
    else if (message.kind === 'rest') this.#feeders[message.feeder]?.meetRest();
    else this.#feeders[message.feeder]?.settle(message.reply);
  }

  #fail(message: string): void {
    this.#failure ??= threadFailure(message);
    this.#settlePairs(this.#failure);
    for (const feeder of this.#feeders) feeder.fail(this.#failure);
  }

  #settlePairs(failure: FailedReply): void {
    this.#pairs?.reject(
      failure.kind === 'odd'
        ? new OddCapture(failure.reason)
        : new Error(`${failure.code}: ${failure.message}`),
    );
  }
}

function threadFailure(message: string): FailedReply {
  return { kind: 'failed', code: 'thread', message };
}

/** A thread loads JavaScript only: where this file has not been compiled, the one that has been is taken. */
function workerFile(): URL {
  const isSource = import.meta.url.endsWith('.ts');
  return new URL(isSource ? '../../dist/capture/shard-worker.js' : './shard-worker.js', import.meta.url);
}
