import { setImmediate } from 'node:timers/promises';
import type { RttsharkError } from '../errors.ts';
import type { MetricFamily } from '../metrics/metric-family.ts';
import type { RemoteWriter } from '../metrics/remote-writer.ts';
import type { WriteRequest } from '../metrics/write-request-batch.ts';
import type { RemoteWriteQueue } from '../sinks/remote-write-queue.ts';

export interface RemoteWriteLoopOptions {
  /** Everything at this moment. */
  readonly families: () => Iterable<MetricFamily>;
  readonly writer: RemoteWriter;
  readonly queue: RemoteWriteQueue;
}

/**
 * Writes everything at one moment after the other. What is to be written is made in slices, between which packets are
 * read, and waits in the queue: nothing waits for the receiver.
 */
export class RemoteWriteLoop {
  readonly #options: RemoteWriteLoopOptions;
  #making: Promise<void> | undefined;
  #isStopped = false;

  constructor(options: RemoteWriteLoopOptions) {
    this.#options = options;
  }

  /** Writes this moment, unless the one before is still being made. */
  start(): void {
    this.#making ??= this.#writeNow().finally(() => (this.#making = undefined));
  }

  /**
   * Writes the last moment, marks all series as ended, and waits until the receiver has everything.
   *
   * @returns why something was lost; undefined where nothing was
   */
  async end(): Promise<RttsharkError | undefined> {
    await this.#making;
    await this.#writeNow();
    await this.#put(this.#options.writer.end());
    return await this.#options.queue.end();
  }

  /** Gives up what is under way. */
  stop(): void {
    this.#isStopped = true;
    this.#options.queue.stop();
  }

  async #writeNow(): Promise<void> {
    const { families, writer } = this.#options;
    await this.#put(writer.write(families(), Date.now()));
  }

  async #put(requests: Iterable<WriteRequest>): Promise<void> {
    for (const request of requests) {
      if (this.#isStopped) return;
      this.#options.queue.add(request);
      await setImmediate();
    }
  }
}
