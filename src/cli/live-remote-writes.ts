import type { RttsharkError } from '../errors.ts';
import { currentFamilies, type ExpositionOptions } from '../live/exposition.ts';
import type { LiveRun } from '../live/live-run.ts';
import { RemoteWriteLoop } from '../live/remote-write-loop.ts';
import type { RemoteWriteCounts } from '../measure/live-status.ts';
import { RemoteWriter } from '../metrics/remote-writer.ts';
import { longestQueueRetryAfterMs, RemoteWriteQueue } from '../sinks/remote-write-queue.ts';
import { makeReceiver } from '../sinks/remote-write-receiver.ts';
import type { LiveSink } from './live-sinks.ts';
import type { Log } from './log.ts';
import type { RemoteStore } from './remote-write.ts';

export interface LiveRemoteWritesOptions {
  readonly run: LiveRun;
  readonly store: RemoteStore;
  readonly exposition: ExpositionOptions;
  /** What may wait for the store. */
  readonly queueBytes: number;
  readonly log: Log;
}

/** The remote writes of a live capture: one at each interval, and a last one, which ends all series. */
export class LiveRemoteWrites implements LiveSink {
  readonly #log: Log;
  readonly #shown: string;
  readonly #queue: RemoteWriteQueue;
  readonly #loop: RemoteWriteLoop;
  #failures = 0;
  #isLast = false;

  constructor({ run, store, exposition, queueBytes, log }: LiveRemoteWritesOptions) {
    this.#log = log;
    this.#shown = store.shown;
    this.#queue = new RemoteWriteQueue({
      receiver: makeReceiver(store.address, {
        ...store.options,
        longestRetryAfterMs: longestQueueRetryAfterMs,
      }),
      maxBytes: queueBytes,
      onFailure: (error, lostSamples) => {
        this.#failed(error, lostSamples);
      },
      onSuccess: () => {
        this.#succeeded();
      },
      onOverflow: (samples) => {
        const message = `Too much waits for "${this.#shown}": the oldest samples are dropped.`;
        log.warn('remote_write_dropped', message, { samples });
      },
    });
    this.#loop = new RemoteWriteLoop({
      families: () => currentFamilies(run, exposition),
      writer: new RemoteWriter({ labels: store.labels, startMs: Date.now() }),
      queue: this.#queue,
    });
  }

  counts(): RemoteWriteCounts {
    return this.#queue.counts();
  }

  start(): void {
    this.#loop.start();
  }

  async end(): Promise<RttsharkError | undefined> {
    this.#isLast = true;
    return await this.#loop.end();
  }

  stop(): void {
    this.#loop.stop();
  }

  #failed(error: RttsharkError, lostSamples: number): void {
    // The reason is said once, until something gets through; and at the end, for what is lost then.
    if (this.#failures === 0 || (this.#isLast && lostSamples > 0)) {
      this.#log.error(error, 'remote_write_failed');
    } else {
      this.#log.debug('remote_write_failed', error.message, { code: error.code, lost_samples: lostSamples });
    }
    this.#failures += 1;
  }

  #succeeded(): void {
    if (this.#failures === 0) return;
    const { pending } = this.#queue.counts();
    this.#log.info('remote_write_recovered', `Remote writes to "${this.#shown}" work again.`, {
      failures: this.#failures,
      pending_samples: pending,
    });
    this.#failures = 0;
  }
}
