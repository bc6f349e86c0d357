import type { PacketBatch } from './packet-batch.ts';

/**
 * Time that has gone by as the packets tell it; at least so long. Where the clock that stamps them is set back, it goes
 * on from there; where it is set forward, by hours maybe, no more than a second counts, nor does it of a long silence.
 */
export class PacketClock {
  #lastNs = NaN;
  #elapsedNs = 0;

  add({ firstTimeNs, lastTimeNs }: Pick<PacketBatch, 'firstTimeNs' | 'lastTimeNs'>): void {
    for (const timeNs of [firstTimeNs, lastTimeNs]) {
      if (Number.isNaN(timeNs)) continue;
      if (timeNs > this.#lastNs) this.#elapsedNs += Math.min(timeNs - this.#lastNs, longestStepNs);
      this.#lastNs = timeNs;
    }
  }

  get elapsedSeconds(): number {
    return this.#elapsedNs / 1e9;
  }
}

const longestStepNs = 1e9;
