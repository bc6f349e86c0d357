/** Pauses before something that died is started again. Pure: moments are given. */
export interface RestartPauseOptions {
  /** 100 ms by default. */
  readonly firstMs?: number;
  readonly longestMs: number;
  /** What has run for so long is taken for well: the next pause is the first one again. 30 s by default. */
  readonly wellAfterMs?: number;
}

/** The first pause is short; each one after a run that was short too is twice as long, up to a limit. */
export class RestartPause {
  readonly #options: Required<RestartPauseOptions>;
  #nextMs: number;

  constructor({ firstMs = 100, longestMs, wellAfterMs = 30_000 }: RestartPauseOptions) {
    this.#options = { firstMs, longestMs, wellAfterMs };
    this.#nextMs = Math.min(firstMs, longestMs);
  }

  /** @param ranForMs - how long what died now had run */
  nextMs(ranForMs: number): number {
    const { firstMs, longestMs, wellAfterMs } = this.#options;
    if (ranForMs >= wellAfterMs) this.#nextMs = Math.min(firstMs, longestMs);
    const pauseMs = this.#nextMs;
    this.#nextMs = Math.min(longestMs, pauseMs * 2);
    return pauseMs;
  }
}
