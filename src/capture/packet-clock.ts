import type { PacketBatch } from './packet-batch.ts';

/** Time that has gone by as the packets tell it. Where the clock that stamps them is set back, it goes on from there. */
export class PacketClock {
  #lastNs = NaN;
  #elapsedNs = 0;

  add({ firstTimeNs, lastTimeNs }: Pick<PacketBatch, 'firstTimeNs' | 'lastTimeNs'>): void {
    for (const timeNs of [firstTimeNs, lastTimeNs]) {
      if (Number.isNaN(timeNs)) continue;
      if (timeNs > this.#lastNs) this.#elapsedNs += timeNs - this.#lastNs;
      this.#lastNs = timeNs;
    }
  }

  get elapsedSeconds(): number {
    return this.#elapsedNs / 1e9;
  }
}
