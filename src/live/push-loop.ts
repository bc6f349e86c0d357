import { RttsharkError } from '../errors.ts';
import type { PushCounts } from '../measure/live-status.ts';

export interface PushLoopOptions {
  /** Pushes everything that is known at this moment. */
  readonly push: (signal: AbortSignal) => Promise<void>;
  readonly onSuccess: (failuresBefore: number) => void;
  readonly onFailure: (error: RttsharkError, failuresBefore: number) => void;
}

/**
 * Pushes, one push at a time. What is pushed is cumulative, so that one that did not get through is made good by the
 * next: where the gateway is slow, intervals are left out, and nothing waits.
 */
export class PushLoop {
  readonly #options: PushLoopOptions;
  #working: Promise<void> | undefined;
  #abort = new AbortController();
  #succeeded = 0;
  readonly #failed = new Map<string, number>();
  #failuresInRow = 0;
  #lastSuccessAt: number | null = null;

  constructor(options: PushLoopOptions) {
    this.#options = options;
  }

  counts(): PushCounts {
    return {
      succeeded: this.#succeeded,
      failed: Object.fromEntries(this.#failed),
      lastSuccessAt: this.#lastSuccessAt,
    };
  }

  /** Starts a push, unless one is under way. */
  start(): void {
    this.#working ??= this.#push();
  }

  /**
   * The last push: gives up one that is under way, because it would be older.
   *
   * @returns why it failed; undefined where it did not
   */
  async last(): Promise<RttsharkError | undefined> {
    this.#abort.abort();
    await this.#working;
    this.#abort = new AbortController();
    let failure: RttsharkError | undefined;
    this.#working = this.#push((error) => (failure = error));
    await this.#working;
    return failure;
  }

  /** Gives up what is under way. */
  stop(): void {
    this.#abort.abort();
  }

  async #push(onFailure?: (error: RttsharkError) => void): Promise<void> {
    const { signal } = this.#abort;
    try {
      await this.#options.push(signal);
      this.#succeeded += 1;
      this.#lastSuccessAt = Date.now() / 1000;
      const failuresBefore = this.#failuresInRow;
      this.#failuresInRow = 0;
      this.#options.onSuccess(failuresBefore);
    } catch (error) {
      if (!(error instanceof RttsharkError)) throw error;
      onFailure?.(error);
      if (signal.aborted) return;
      this.#failed.set(error.code, (this.#failed.get(error.code) ?? 0) + 1);
      this.#options.onFailure(error, this.#failuresInRow);
      this.#failuresInRow += 1;
    } finally {
      this.#working = undefined;
    }
  }
}
