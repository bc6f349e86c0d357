/**
 * Tells a tshark that dies of a packet from one that is killed now and then: the first dies again and again before it
 * has given one row more. Pure.
 */
export class DeathPlace {
  #owed = -1;
  #deaths = 0;

  /**
   * @param owed - the first packet whose row it had not given
   * @param ranForMs - a hung one has not run at all
   * @returns whether too many have died there now
   */
  died(owed: number, ranForMs: number): boolean {
    const isHere = owed === this.#owed && ranForMs < longRunMs;
    this.#deaths = isHere ? this.#deaths + 1 : 1;
    this.#owed = owed;
    return this.#deaths > mostDeathsInOnePlace;
  }
}

export const mostDeathsInOnePlace = 3;
/** Long enough to come to the packets that it was fed again. */
const longRunMs = 30_000;
