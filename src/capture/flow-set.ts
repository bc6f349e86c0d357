const firstSlots = 1 << 12;
/** Stands for an empty slot: a flow of this number is kept beside the others. */
const empty = 0;

/** A set of flows, as `flowOf` numbers them: eight bytes or less for each. */
export class FlowSet {
  #slots = new Uint32Array(firstSlots);
  #count = 0;
  #hasZero = false;
  /** Packets of one flow often follow each other. */
  #last = -1;

  /** @param flow - from 0 on */
  add(flow: number): void {
    if (flow === this.#last) return;
    this.#last = flow;
    if (flow === empty) this.#hasZero = true;
    else if (put(this.#slots, flow) && ++this.#count * 2 > this.#slots.length) this.#grow();
  }

  /** All of them, in no order. */
  toArray(): Uint32Array<ArrayBuffer> {
    const flows = this.#slots.filter((flow) => flow !== empty);
    if (!this.#hasZero) return flows;
    const all = new Uint32Array(flows.length + 1);
    all.set(flows);
    return all;
  }

  #grow(): void {
    const larger = new Uint32Array(this.#slots.length * 2);
    for (const flow of this.#slots) if (flow !== empty) put(larger, flow);
    this.#slots = larger;
  }
}

/** @returns whether it was not there before */
function put(slots: Uint32Array, flow: number): boolean {
  const mask = slots.length - 1;
  for (let slot = (flow ^ (flow >>> 15)) & mask; ; slot = (slot + 1) & mask) {
    const there = slots[slot];
    if (there === flow) return false;
    if (there !== empty) continue;
    slots[slot] = flow;
    return true;
  }
}
