/** How the values of a window become one number without a look at each of them for every window. */
export interface Fold {
  /** Associative: of two windows beside each other, the earlier one first. */
  readonly combine: (earlier: number, later: number) => number;
  /** The result for a window of `count` values, at least one. */
  readonly finish: (folded: number, count: number) => number;
}

/**
 * Folds windows whose starts and ends never go back, each value twice in all however large the windows are.
 *
 * The front of the window is kept as folds from each of its values up to a boundary, its rest as one fold from there on;
 * when the front is used up, the boundary moves to the end. Nothing is ever subtracted, so that no error stays behind.
 */
export class SlidingFold {
  readonly #values: ArrayLike<number>;
  readonly #combine: Fold['combine'];
  /** From each value before the boundary up to it. */
  readonly #fronts: Float64Array;
  #boundary = 0;
  #end = 0;
  #rest = 0;

  constructor(values: ArrayLike<number>, combine: Fold['combine']) {
    this.#values = values;
    this.#combine = combine;
    this.#fronts = new Float64Array(values.length);
  }

  /** The fold of the values from `start` to before `end`, at least one; neither may be smaller than the last time. */
  of(start: number, end: number): number {
    for (; this.#end < end; this.#end++) this.#append(this.#values[this.#end] ?? 0);
    if (start >= this.#boundary) this.#moveBoundary(start);
    const front = this.#fronts[start] ?? 0;
    return this.#boundary === this.#end ? front : this.#combine(front, this.#rest);
  }

  #append(value: number): void {
    this.#rest = this.#end === this.#boundary ? value : this.#combine(this.#rest, value);
  }

  #moveBoundary(start: number): void {
    let folded = this.#values[this.#end - 1] ?? 0;
    this.#fronts[this.#end - 1] = folded;
    for (let at = this.#end - 2; at >= start; at--) {
      folded = this.#combine(this.#values[at] ?? 0, folded);
      this.#fronts[at] = folded;
    }
    this.#boundary = this.#end;
  }
}
