/** So many flows are told apart; those that fall together share a shard, which is never wrong. */
const slotCount = 1 << 16;

/**
 * Parts flows between shards as they come: a flow that is new goes to the shard that has been given the fewest packets
 * by then, so that no shard is left with more work than the others. Whoever walks over the same packets in the same
 * order comes to the same shares, which is why each thread can work them out by itself.
 */
export class FlowShares {
  /** For each slot the shard of its flows plus one; 0 where there is none yet. */
  readonly #shards = new Uint16Array(slotCount);
  readonly #loads: Float64Array;

  /** @param count - of the shards */
  constructor(count: number) {
    this.#loads = new Float64Array(count);
  }

  /**
   * The shard of a packet's flow.
   *
   * @param flow - as `flowOf` gives it, from 0 on
   * @param isNew - whether the packet is met for the first time: others have been counted already
   */
  shardOf(flow: number, isNew: boolean): number {
    const slot = (flow ^ (flow >>> 16)) & (slotCount - 1);
    let shard = (this.#shards[slot] ?? 0) - 1;
    if (shard < 0) {
      shard = this.#lightest();
      this.#shards[slot] = shard + 1;
    }
    if (isNew) this.#loads[shard] = (this.#loads[shard] ?? 0) + 1;
    return shard;
  }

  #lightest(): number {
    let lightest = 0;
    for (let shard = 1; shard < this.#loads.length; shard++)
      if ((this.#loads[shard] ?? 0) < (this.#loads[lightest] ?? 0)) lightest = shard;
    return lightest;
  }
}
