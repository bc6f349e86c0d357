/**
 * Tells a tshark that dies of a packet from one that is killed now and then: the first dies again and again before it
 * has given one row more. Pure.
 */
export class DeathPlace {
  #owed = -1;
  #weight = 0;

  /** @returns whether too many have died in this place now */
  died({ owed, ranForMs, hung, signal }: Death): boolean {
    const isHere = owed === this.#owed && (hung || ranForMs < longRunMs);
    // That signal comes from outside: somebody's hand, or a system that is short of memory, maybe because of a packet.
    const weight = signal === 'SIGKILL' && !hung ? 1 / 4 : 1;
    this.#weight = isHere ? this.#weight + weight : weight;
    this.#owed = owed;
    return this.#weight > mostDeathsInOnePlace;
  }
}

export interface Death {
  /** The first packet whose row it had not given. */
  readonly owed: number;
  readonly ranForMs: number;
  /** Whether it was ended because it did nothing any more. */
  readonly hung: boolean;
  readonly signal: string | null;
}

export const mostDeathsInOnePlace = 3;
/** Long enough to come to the packets that it was fed again. */
const longRunMs = 30_000;
