/** Remote writes that follow each other for long, and must not be lost while the receiver is away. */

import { setTimeout as sleep } from 'node:timers/promises';
import { RttsharkError, type ErrorCode } from '../errors.ts';
import type { Receiver } from './remote-write-receiver.ts';
import { pauseBeforeRetryMs } from './retry.ts';
import { snappyBlock } from '../snappy.ts';

export interface QueuedMessage {
  /** A `prometheus.WriteRequest`, not compressed. */
  readonly bytes: Uint8Array;
  readonly samples: number;
}

export interface QueueOptions {
  readonly receiver: Receiver;
  /** What may wait, compressed, beside the request that is under way. */
  readonly maxBytes: number;
  /** Told when a request has failed, with the samples that are lost by it: 0 where it is tried again. */
  readonly onFailure: (error: RttsharkError, lostSamples: number) => void;
  /** Told when a request was taken. */
  readonly onSuccess: () => void;
  /** Told when requests were dropped because too much waited. */
  readonly onOverflow: (samples: number) => void;
}

/** Since the start; numbers of samples but for the time. */
export interface QueueCounts {
  readonly written: number;
  /** Refused by the receiver, by error code. */
  readonly failed: Readonly<Record<string, number>>;
  /** Given up because too much waited, or because the end came first. */
  readonly dropped: number;
  readonly pending: number;
  /** Seconds since the epoch. */
  readonly lastSuccessAt: number | null;
}

interface Waiting {
  readonly block: Uint8Array;
  readonly samples: number;
}

/** Errors after which the same request is worth sending again later. */
const passing = new Set<ErrorCode>(['gateway_unreachable', 'gateway_timeout', 'gateway_tls']);

/** Longer than any pause of a receiver's own restart. */
export const longestQueueRetryAfterMs = 10 * 60_000;

/**
 * Sends requests in the order in which they were put in, one at a time, each until the receiver has taken or refused
 * it. What waits is bounded: beyond, the oldest go.
 */
export class RemoteWriteQueue {
  readonly #options: QueueOptions;
  readonly #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #inFlight: Waiting | undefined;
  #working: Promise<void> | undefined;
  readonly #stopping = new AbortController();
  #hurry = new AbortController();
  #isEnding = false;
  #lastFailure: RttsharkError | undefined;
  #written = 0;
  readonly #failed = new Map<string, number>();
  #dropped = 0;
  #lastSuccessAt: number | null = null;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  counts(): QueueCounts {
    return {
      written: this.#written,
      failed: Object.fromEntries(this.#failed),
      dropped: this.#dropped,
      pending: this.#samplesWaiting(),
      lastSuccessAt: this.#lastSuccessAt,
    };
  }

  /** Puts a request in; returns at once. */
  add({ bytes, samples }: QueuedMessage): void {
    const block = snappyBlock(bytes);
    this.#waiting.push({ block, samples });
    this.#waitingBytes += block.length;
    this.#dropOldest();
    this.#start();
  }

  /**
   * Sends what waits, with as many retries as the receiver's options say, and no longer until it is taken.
   *
   * @returns why something of it was lost; undefined where nothing was
   */
  async end(): Promise<RttsharkError | undefined> {
    this.#isEnding = true;
    this.#lastFailure = undefined;
    // What is under way may be in the middle of a long pause.
    this.#hurry.abort();
    this.#start();
    await this.#working;
    return this.#lastFailure;
  }

  /** Gives up what is under way, and all that waits. */
  stop(): void {
    this.#stopping.abort();
    this.#hurry.abort();
    this.#dropped += (this.#inFlight?.samples ?? 0) + this.#dropWaiting();
    this.#inFlight = undefined;
  }

  #start(): void {
    this.#working ??= this.#work().finally(() => (this.#working = undefined));
  }

  async #work(): Promise<void> {
    for (let failures = 0; ;) {
      const next = (this.#inFlight ??= this.#shift());
      if (next === undefined || this.#isStopped()) return;
      const error = await this.#send(next);
      // It has been counted as dropped.
      if (this.#isStopped()) return;
      failures = error === undefined ? 0 : failures + 1;
      if (error === undefined) this.#succeed(next);
      else if (error.code !== 'interrupted') await this.#fail(next, error, failures);
    }
  }

  /** Gives the error `interrupted` where the end came in a pause: it is then sent once more. */
  async #send({ block }: Waiting): Promise<RttsharkError | undefined> {
    if (this.#hurry.signal.aborted) this.#hurry = new AbortController();
    try {
      await this.#options.receiver.post(block, {
        signal: this.#stopping.signal,
        patience: this.#hurry.signal,
        ...(this.#isEnding ? {} : { retries: Infinity }),
        onRetry: ({ error }) => {
          this.#options.onFailure(error, 0);
        },
      });
      return undefined;
    } catch (error) {
      if (error instanceof RttsharkError) return error;
      throw error;
    }
  }

  #succeed({ samples }: Waiting): void {
    this.#inFlight = undefined;
    this.#written += samples;
    this.#lastSuccessAt = Date.now() / 1000;
    this.#options.onSuccess();
  }

  async #fail({ samples }: Waiting, error: RttsharkError, failures: number): Promise<void> {
    if (passing.has(error.code) && !this.#isEnding) {
      this.#options.onFailure(error, 0);
      // What comes here was not retried by the receiver, and so has not waited yet.
      const pauseMs = pauseBeforeRetryMs(failures - 1, Math.random());
      await sleep(pauseMs, undefined, { signal: this.#hurry.signal }).catch(() => undefined);
      return;
    }
    this.#inFlight = undefined;
    this.#lastFailure ??= error;
    if (passing.has(error.code)) {
      // A receiver that is not there is not worth the time of the others.
      const lost = samples + this.#dropWaiting();
      this.#dropped += lost;
      this.#options.onFailure(error, lost);
    } else {
      this.#failed.set(error.code, (this.#failed.get(error.code) ?? 0) + samples);
      this.#options.onFailure(error, samples);
    }
  }

  #isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** @returns the samples of what waited */
  #dropWaiting(): number {
    const samples = this.#waiting.reduce((sum, waiting) => sum + waiting.samples, 0);
    this.#waiting.length = 0;
    this.#waitingBytes = 0;
    return samples;
  }

  #shift(): Waiting | undefined {
    const first = this.#waiting.shift();
    this.#waitingBytes -= first?.block.length ?? 0;
    return first;
  }

  #dropOldest(): void {
    let samples = 0;
    // The newest stays, however large it is.
    while (this.#waitingBytes > this.#options.maxBytes && this.#waiting.length > 1) {
      samples += this.#shift()?.samples ?? 0;
    }
    if (samples === 0) return;
    this.#dropped += samples;
    this.#options.onOverflow(samples);
  }

  #samplesWaiting(): number {
    return this.#waiting.reduce((sum, { samples }) => sum + samples, this.#inFlight?.samples ?? 0);
  }
}
