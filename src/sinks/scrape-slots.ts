/** Who is being served, where only so many can be. */

interface Slot {
  readonly since: number;
  readonly evict: () => void;
}

/** A bounded number of places. One that has been held for long is taken from its holder when somebody else comes. */
export class Slots {
  readonly #most: number;
  readonly #patientMs: number;
  readonly #now: () => number;
  /** In the order of entering. */
  readonly #taken = new Set<Slot>();

  /**
   * @param patientMs - how long a holder is safe
   * @param now - milliseconds of a clock that never goes back
   */
  constructor(most: number, patientMs: number, now: () => number = () => performance.now()) {
    this.#most = most;
    this.#patientMs = patientMs;
    this.#now = now;
  }

  /**
   * Takes a place.
   *
   * @param evict - called when the place is needed for another
   * @returns gives the place back; undefined where there is none
   */
  enter(evict: () => void): (() => void) | undefined {
    if (this.#taken.size >= this.#most && !this.#makeRoom()) return undefined;
    const slot = { since: this.#now(), evict };
    this.#taken.add(slot);
    return () => void this.#taken.delete(slot);
  }

  #makeRoom(): boolean {
    const [oldest] = this.#taken;
    if (oldest === undefined || this.#now() - oldest.since < this.#patientMs) return false;
    this.#taken.delete(oldest);
    oldest.evict();
    return true;
  }
}
