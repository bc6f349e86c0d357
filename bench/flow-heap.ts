/** A binary heap of indices ordered by a time of each: which flow sends next. */
export class FlowHeap {
  readonly #heap: number[] = [];
  readonly #times: Float64Array;

  constructor(times: Float64Array) {
    this.#times = times;
    for (let index = 0; index < times.length; index += 1) {
      this.#heap.push(index);
      this.#up(index);
    }
  }

  /** The index with the earliest time. */
  first(): number {
    return this.#heap[0] ?? 0;
  }

  /** To be called after the time of the first has grown. */
  firstHasMoved(): void {
    this.#down(0);
  }

  #earlier(a: number, b: number): boolean {
    const [left, right] = [this.#heap[a]!, this.#heap[b]!];
    const difference = this.#times[left]! - this.#times[right]!;
    return difference < 0 || (difference === 0 && left < right);
  }

  #swap(a: number, b: number): void {
    const kept = this.#heap[a]!;
    this.#heap[a] = this.#heap[b]!;
    this.#heap[b] = kept;
  }

  #up(position: number): void {
    for (let at = position; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!this.#earlier(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #down(position: number): void {
    for (let at = position; ;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < this.#heap.length && this.#earlier(child, least)) least = child;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }
}
