import type { RttsharkError } from '../errors.ts';

/** Where the metrics of a live capture go at each interval. Nothing that it does delays the capture. */
export interface LiveSink {
  /** Begins to send what is known at this moment. */
  start(): void;
  /**
   * Sends for the last time.
   *
   * @returns why that failed, which has been logged; undefined where it did not
   */
  end(): Promise<RttsharkError | undefined>;
  /** Gives up what is under way. */
  stop(): void;
}

/** Several sinks, none of which waits for another, or fails with it. */
export class LiveSinks {
  readonly #sinks: readonly LiveSink[];

  constructor(sinks: readonly (LiveSink | undefined)[]) {
    this.#sinks = sinks.filter((sink) => sink !== undefined);
  }

  start(): void {
    for (const sink of this.#sinks) sink.start();
  }

  /** @returns why any of them failed, in their order */
  async end(): Promise<RttsharkError[]> {
    const failures = await Promise.all(this.#sinks.map((sink) => sink.end()));
    return failures.filter((failure) => failure !== undefined);
  }

  stop(): void {
    for (const sink of this.#sinks) sink.stop();
  }
}
