/** Typed arrays of up to 64 bytes are part of their objects: most lanes of many groups are no larger, and come and go. */
const firstLength = 8;

/** Samples whose packets came one after the other, with the packets' numbers. */
class Lane {
  values = new Float64Array(firstLength);
  orders = new Uint32Array(firstLength);
  start = 0;
  end = 0;

  get lastOrder(): number {
    return this.orders[this.end - 1] ?? -1;
  }

  get nextOrder(): number {
    return this.start < this.end ? (this.orders[this.start] ?? Infinity) : Infinity;
  }

  add(value: number, order: number): void {
    if (this.end === this.values.length) this.#makeRoom();
    this.values[this.end] = value;
    this.orders[this.end] = order;
    this.end += 1;
  }

  /** Moves what is left to the front; into larger arrays unless half of these were taken. */
  #makeRoom(): void {
    const left = this.end - this.start;
    const capacity = left * 2 > this.values.length ? this.values.length * 2 : this.values.length;
    const values = new Float64Array(capacity);
    const orders = new Uint32Array(capacity);
    values.set(this.values.subarray(this.start, this.end));
    orders.set(this.orders.subarray(this.start, this.end));
    this.values = values;
    this.orders = orders;
    this.start = 0;
    this.end = left;
  }
}

/**
 * Samples of one capture that several processes share, in the order of their packets: those of each process come in
 * that order, and are merged. Who gave which need not be known: a sample goes to the lane that it can follow, so that
 * there are never more lanes than processes.
 */
export class OrderedSamples {
  readonly #lanes: Lane[] = [];
  #current: Lane | undefined;
  #count = 0;

  /** How many are held. */
  get count(): number {
    return this.#count;
  }

  /** @param order - the packet's number in the whole capture, below 2^32 */
  add(value: number, order: number): void {
    let lane = this.#current;
    if (lane === undefined || order < lane.lastOrder) {
      lane = this.#laneBefore(order);
      this.#current = lane;
    }
    lane.add(value, order);
    this.#count += 1;
  }

  /** Hands over, in order, the values of packets before `order`, and forgets them. */
  take(order: number): Float64Array {
    const taken = new Float64Array(this.#count);
    let count = 0;
    for (;;) {
      let next: Lane | undefined;
      let nextOrder = order;
      let limit = order;
      for (const lane of this.#lanes) {
        const own = lane.nextOrder;
        if (own < nextOrder) {
          next = lane;
          limit = nextOrder;
          nextOrder = own;
        } else if (own < limit) {
          limit = own;
        }
      }
      if (next === undefined) break;
      do taken[count++] = next.values[next.start++] ?? NaN;
      while (next.nextOrder < limit);
    }
    this.#count -= count;
    return taken.subarray(0, count);
  }

  /** The lane whose last packet is the nearest one before this; a new one where there is none. */
  #laneBefore(order: number): Lane {
    let found: Lane | undefined;
    for (const lane of this.#lanes)
      if (lane.lastOrder <= order && lane.lastOrder > (found?.lastOrder ?? -1)) found = lane;
    if (found !== undefined) return found;
    const lane = new Lane();
    this.#lanes.push(lane);
    return lane;
  }
}
