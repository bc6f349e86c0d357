/** A count of the packets that the kernel has seen, taken at some moment between two times. */
export interface WitnessedCount {
  readonly received: number;
  /** Seconds since the epoch. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/**
 * How many packets were dropped on the way to us, as a lower bound that never falls. Pure.
 *
 * One count is the kernel's, of what it has seen; the other is ours, of what came. They begin at different moments, and
 * packets on their way are in the one and not yet in the other: neither is a drop. So a count of the kernel's is held
 * against ours of the same *packet* time, which is between what had come before its moment was reached and what had come
 * after. The smallest difference that there may have been is what both differed by at the beginning, at most.
 */
export class DropEstimate {
  readonly #pending: PendingCount[] = [];
  readonly #history: { readonly packets: number; readonly newestSeconds: number }[] = [];
  #delivered = 0;
  #newestSeconds = -Infinity;
  #offset = Infinity;
  #dropped = 0;

  /** Packets that were dropped for certain, so far. */
  get dropped(): number {
    return this.#dropped;
  }

  witnessed({ received, fromSeconds, toSeconds }: WitnessedCount): void {
    this.#pending.push({
      received,
      from: fromSeconds - stampSkewSeconds,
      to: toSeconds + stampSkewSeconds,
      least: this.#deliveredBefore(fromSeconds - stampSkewSeconds),
    });
    // Behind that many, the wait has been too long to tell anything.
    if (this.#pending.length > mostPending) this.#pending.shift();
  }

  /**
   * @param packets - that came so far
   * @param newestSeconds - time of the newest of them
   * @param oldestSeconds - of the oldest of those that came last, together; makes the bound exact where it is told
   */
  delivered(packets: number, newestSeconds: number, oldestSeconds = -Infinity): void {
    // A clock that was set back: what waits for its time would wait for the wrong packets.
    if (newestSeconds < this.#newestSeconds - backwardsSeconds) {
      this.#pending.length = 0;
      this.#history.length = 0;
    }
    const before = this.#delivered;
    this.#delivered = packets;
    this.#newestSeconds = newestSeconds;
    this.#remember(packets, newestSeconds);
    for (const count of this.#pending) if (newestSeconds < count.from) count.least = packets;
    while ((this.#pending[0]?.to ?? Infinity) <= newestSeconds) {
      const count = this.#pending.shift();
      if (count !== undefined) this.#settle(count, oldestSeconds > count.to ? before : packets);
    }
  }

  #remember(packets: number, newestSeconds: number): void {
    const last = this.#history.at(-1)?.newestSeconds ?? -Infinity;
    if (newestSeconds - last < historyStepSeconds) return;
    this.#history.push({ packets, newestSeconds });
    if (this.#history.length > historyLength) this.#history.shift();
  }

  /** At least so many had come before a moment that may be some seconds ago. */
  #deliveredBefore(seconds: number): number {
    return this.#history.findLast(({ newestSeconds }) => newestSeconds < seconds)?.packets ?? 0;
  }

  /** @param most - packets that had come when all up to its moment had, at most */
  #settle({ received, least }: PendingCount, most: number): void {
    this.#offset = Math.min(this.#offset, received - least);
    this.#dropped = Math.max(this.#dropped, received - most - this.#offset);
  }
}

interface PendingCount {
  readonly received: number;
  readonly from: number;
  readonly to: number;
  /** Packets that had come before its moment, at least. */
  least: number;
}

/** Between a packet's stamp and its being counted. */
const stampSkewSeconds = 0.005;
/** Packets of several interfaces or processors do not come in order to the millisecond. */
const backwardsSeconds = 0.05;
const mostPending = 60;
const historyStepSeconds = 0.02;
const historyLength = 250;
