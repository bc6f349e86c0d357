import type { CompensatedSum } from '../table/compensated-sum.ts';
import { interpolated } from '../table/quantile.ts';
import type { Distribution } from './distribution.ts';
import { firstIndex } from './first-index.ts';
import { nanosecondsPerSecond } from './nanoseconds.ts';

/** All values of a set of samples, so that everything said of them is exact. */
export class SortedValues implements Distribution {
  readonly #kept: Float64Array | Uint32Array;
  readonly #unitsPerSecond: number;

  /**
   * @param values - in ascending order, taken over, not copied: values, or in a `Uint32Array` nanoseconds, whose values
   * are what they give divided by 10⁹
   */
  constructor(values: Float64Array | Uint32Array) {
    this.#kept = values;
    this.#unitsPerSecond = values instanceof Uint32Array ? nanosecondsPerSecond : 1;
  }

  /** All of them, in ascending order: do not write to it. May be made anew at each call. */
  get values(): Float64Array {
    const kept = this.#kept;
    if (kept instanceof Float64Array) return kept;
    return Float64Array.from(kept, (nanoseconds) => nanoseconds / nanosecondsPerSecond);
  }

  get count(): number {
    return this.#kept.length;
  }

  get min(): number | null {
    return this.count === 0 ? null : this.at(0);
  }

  get max(): number | null {
    return this.count === 0 ? null : this.at(this.count - 1);
  }

  /** The value of a rank, from 0, below `count`. */
  at(rank: number): number {
    return (this.#kept[rank] ?? NaN) / this.#unitsPerSecond;
  }

  countBelow(bound: number): number {
    const units = this.#unitsPerSecond;
    return firstIndex(this.#kept, (kept) => kept / units >= bound);
  }

  countAtMost(bound: number): number {
    const units = this.#unitsPerSecond;
    return firstIndex(this.#kept, (kept) => kept / units > bound);
  }

  /** Interpolated linearly between the closest ranks: see `quantileOfSorted`. */
  quantile(q: number): number | null {
    const { count } = this;
    if (count === 0) return null;
    return Number.isNaN(this.at(count - 1)) ? NaN : interpolated(count, q, (rank) => this.at(rank));
  }

  /** Adds all values to `sum`. */
  sumInto(sum: CompensatedSum): void {
    const [kept, units] = [this.#kept, this.#unitsPerSecond];
    for (const value of kept) sum.add(value / units);
  }

  /** Adds all deviations from `centre` to `sum`, and their squares to `squares`. */
  deviationsInto(sum: CompensatedSum, squares: CompensatedSum, centre: number): void {
    const [kept, units] = [this.#kept, this.#unitsPerSecond];
    for (const value of kept) {
      const deviation = value / units - centre;
      squares.add(deviation * deviation);
      sum.add(deviation);
    }
  }
}
