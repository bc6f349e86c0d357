import { lastPacket, type RowSpan } from './row-span.ts';
import type { RunningGeneration } from './running-generation.ts';

/** One tshark, or several that share the packets, among those that follow each other. */
export class ChainMember {
  readonly generation: RunningGeneration;
  /** 1 for the first. */
  readonly number: number;
  readonly startedAtMs: number;
  /** Rows of packets before this one are another's. */
  firstWanted = 0;
  /** It has not seen enough to give the rows of packets before this one. */
  trustedFrom = 0;
  /** Settles when the one before it has given all its rows. */
  before: Promise<void> = Promise.resolve();
  /** Settles when this one has. */
  gone: Promise<void> = Promise.resolve();
  hung = false;
  /** Rows that wait for those of the one before. */
  #held: RowSpan[] = [];
  #taken: { readonly bytes: number; readonly atMs: number };

  constructor(generation: RunningGeneration, number: number, nowMs: number) {
    this.generation = generation;
    this.number = number;
    this.startedAtMs = nowMs;
    this.#taken = { bytes: 0, atMs: nowMs };
  }

  /** The first packet whose row, if it has one, nobody has been given yet. */
  get owed(): number {
    return Math.max(this.firstWanted, this.generation.lastRow + 1);
  }

  /** @param given - the last packet whose row the one before has given: rows up to there are not needed again */
  hold(span: RowSpan, given: number): void {
    this.#held.push(span);
    const needed = this.#held.findIndex((held) => lastPacket(held) > given);
    this.#held.splice(0, needed === -1 ? this.#held.length : needed);
  }

  letGo(): RowSpan[] {
    const held = this.#held;
    this.#held = [];
    return held;
  }

  /**
   * Whether it has done nothing for so long though there was something to do. To be asked every second or so, and true
   * once.
   */
  hangsNow(nowMs: number, hungAfterMs: number): boolean {
    const { bytesTaken: bytes, backlogBytes, finishing } = this.generation;
    // At the end of its packets it has to end as well.
    const isIdle = backlogBytes === 0 && !finishing;
    if (bytes !== this.#taken.bytes || isIdle) this.#taken = { bytes, atMs: nowMs };
    if (this.hung || nowMs - this.#taken.atMs < hungAfterMs) return false;
    this.hung = true;
    return true;
  }
}
