/** How many tsharks share the packets of a live capture: as many as are asked for, or as many as pay. */
export type ShardWish = number | 'auto';

/** A tshark that takes more of a core than this is to share its packets with another one. */
const busyShare = 0.6;
/** A load counts when it was there for so long. */
const windowSeconds = 5;

/**
 * As many that none has to take more than 0.6 of a core, one for each core at most. One that takes a whole core may be
 * asked for more than that, which nobody can tell: the next choice, by what two took, is right then. Pure.
 *
 * @param peakCores - processor cores that all of them together kept busy at most
 */
export function shardsForLoad(peakCores: number, cores: number): number {
  return Math.max(1, Math.min(cores, Math.ceil(peakCores / busyShare)));
}

/** How many cores some processes keep busy, by the processor time that they took. Pure but for what it remembers. */
export class CoreLoad {
  readonly #seen: { readonly atMs: number; readonly cpuSeconds: number }[] = [];
  #peak = 0;

  /** To be told every second or so. */
  add(atMs: number, cpuSeconds: number): void {
    this.#seen.push({ atMs, cpuSeconds });
    let [oldest] = this.#seen;
    while (oldest !== undefined && atMs - oldest.atMs >= windowSeconds * 1000) {
      this.#peak = Math.max(this.#peak, (cpuSeconds - oldest.cpuSeconds) / ((atMs - oldest.atMs) / 1000));
      this.#seen.shift();
      [oldest] = this.#seen;
    }
  }

  /** The most that were busy for five seconds on end; 0 before that. */
  get peakCores(): number {
    return this.#peak;
  }
}
