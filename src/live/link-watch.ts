import type { LinkState } from '../tshark/link-state.ts';

export interface LinkWatchOptions {
  /** The state of the link at this moment. */
  readonly state: () => LinkState;
  readonly onDown: () => void;
  readonly onUp: (afterMs: number) => void;
}

/**
 * Tells when an interface goes down and comes back. The capturing program does not: it stays, hears nothing, and goes on
 * when the interface does. Pure: moments are given.
 */
export class LinkWatch {
  readonly #options: LinkWatchOptions;
  #downSinceMs: number | undefined;
  #gaps = 0;
  #gapMs = 0;

  constructor(options: LinkWatchOptions) {
    this.#options = options;
  }

  get isDown(): boolean {
    return this.#downSinceMs !== undefined;
  }

  /** How often it was down while somebody captured. */
  get gaps(): number {
    return this.#gaps;
  }

  gapSeconds(nowMs: number): number {
    return (this.#gapMs + this.#openMs(nowMs)) / 1000;
  }

  /**
   * To be called again and again.
   *
   * @param capturing - whether somebody captures: a gap of the capture's own is counted elsewhere
   */
  look(nowMs: number, capturing: boolean): void {
    const isDown = this.#options.state() === 'down';
    if (this.#downSinceMs === undefined) {
      if (!isDown || !capturing) return;
      this.#downSinceMs = nowMs;
      this.#gaps += 1;
      this.#options.onDown();
      return;
    }
    if (isDown && capturing) return;
    const afterMs = this.#openMs(nowMs);
    this.#gapMs += afterMs;
    this.#downSinceMs = undefined;
    if (capturing) this.#options.onUp(afterMs);
  }

  #openMs(nowMs: number): number {
    return this.#downSinceMs === undefined ? 0 : nowMs - this.#downSinceMs;
  }
}
