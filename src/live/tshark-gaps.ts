import type { ChainEvent } from '../capture/generation-chain.ts';
import { reasonOf, type RestartCounter } from './restart-reasons.ts';

/** The stretches of time in which no tshark read the packets: what they miss, the next tshark is given to read. */
export class TsharkGaps {
  readonly #restarts: RestartCounter;
  #count = 0;
  #ms = 0;
  #isOpen = false;

  constructor(restarts: RestartCounter) {
    this.#restarts = restarts;
  }

  get count(): number {
    return this.#count;
  }

  get seconds(): number {
    return this.#ms / 1000;
  }

  /** Whether there is one at this moment. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  add(event: ChainEvent): void {
    if (event.kind === 'tshark_died') {
      this.#restarts.add('tshark', reasonOf(event.ending, event.hung).reason);
      if (event.pauseMs === null) return;
      this.#count += 1;
      this.#isOpen = true;
    }
    if (event.kind === 'tshark_restarted') {
      this.#ms += event.afterMs;
      this.#isOpen = false;
    }
  }
}
