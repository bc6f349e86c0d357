import { quantileOfSorted } from '../table/quantile.ts';
import type { Distribution } from './distribution.ts';
import { firstIndex } from './first-index.ts';

/** All values of a set of samples, so that everything said of them is exact. */
export class SortedValues implements Distribution {
  /** In ascending order. Shared, not copied: do not write to it. */
  readonly values: Float64Array;

  /** @param values - in ascending order; taken over, not copied */
  constructor(values: Float64Array) {
    this.values = values;
  }

  get count(): number {
    return this.values.length;
  }

  get min(): number | null {
    return this.values[0] ?? null;
  }

  get max(): number | null {
    return this.values.at(-1) ?? null;
  }

  countBelow(bound: number): number {
    return firstIndex(this.values, (value) => value >= bound);
  }

  countAtMost(bound: number): number {
    return firstIndex(this.values, (value) => value > bound);
  }

  /** Interpolated linearly between the closest ranks: see `quantileOfSorted`. */
  quantile(q: number): number | null {
    return quantileOfSorted(this.values, q);
  }
}
