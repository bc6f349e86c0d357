/** A share of the work that was done at some time. */
interface Mark {
  readonly atMs: number;
  readonly share: number;
}

/** The rate is that of at least this long, so that it does not jump with every block that is read. */
const shortestWindowMs = 2_000;
/** Nothing is said before this much has been seen. */
const leastSeenMs = 800;
const leastSeenShare = 0.005;
/** How many marks the window has at most: more would tell nothing more. */
const marksInWindow = 200;

/**
 * How long the rest of the work takes at the rate of late: that of the last half of the time since it got going. The
 * time in which processes start does not count, and where the work gets slower on the way, as tshark does with the
 * number of connections that it holds, half of the time has forgotten it soon enough.
 */
export class TimeLeft {
  #marks: Mark[] = [];
  #latest: Mark | undefined;
  #begun: Mark | undefined;

  /**
   * Takes note of how far the work is.
   *
   * @param atMs - on any clock that only goes forward
   * @param share - 0 to 1
   */
  observe(atMs: number, share: number): void {
    const mark = { atMs, share };
    const idle = this.#begun === undefined || (this.#latest !== undefined && this.#latest.share <= 0);
    if (idle) this.#begun = mark;
    this.#latest = mark;
    if (idle) this.#marks = [mark];
    const last = this.#marks.at(-1) ?? mark;
    if (atMs - last.atMs >= this.#windowMs() / marksInWindow) this.#marks.push(mark);
    while (this.#marks.length > 1 && (this.#marks[1]?.atMs ?? atMs) <= atMs - this.#windowMs())
      this.#marks.shift();
  }

  /**
   * Seconds; undefined while too little has been seen to tell.
   *
   * @param after - how many seconds of other work follow
   */
  seconds(after = 0): number | undefined {
    const [from, to] = [this.#marks[0], this.#latest];
    if (from === undefined || to === undefined) return undefined;
    const [tookMs, done] = [to.atMs - from.atMs, to.share - from.share];
    if (to.share >= 1) return after;
    if (tookMs < leastSeenMs || done < leastSeenShare) return undefined;
    return ((1 - to.share) * tookMs) / done / 1000 + after;
  }

  /** How many marks are held. */
  get markCount(): number {
    return this.#marks.length;
  }

  #windowMs(): number {
    const elapsedMs = (this.#latest?.atMs ?? 0) - (this.#begun?.atMs ?? 0);
    return Math.max(shortestWindowMs, elapsedMs / 2);
  }
}
