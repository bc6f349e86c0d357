import type { Distribution } from './distribution.ts';
import { firstIndex } from './first-index.ts';

export interface SketchedParts {
  /** What the values of each bucket are taken for, in ascending order. */
  readonly estimates: Float64Array;
  /** How many values are in each bucket and all before it. */
  readonly cumulative: Float64Array;
  readonly min: number;
  readonly max: number;
}

/**
 * The values that a sketch saw, at one moment: each stands as the estimate of its bucket, but for the smallest and
 * the largest, which are known.
 */
export class SketchedValues implements Distribution {
  readonly count: number;
  readonly #parts: SketchedParts;

  /** @param parts - taken over, not copied */
  constructor(parts: SketchedParts) {
    this.#parts = parts;
    this.count = parts.cumulative.at(-1) ?? 0;
  }

  get min(): number | null {
    return this.count === 0 ? null : this.#parts.min;
  }

  get max(): number | null {
    return this.count === 0 ? null : this.#parts.max;
  }

  countBelow(bound: number): number {
    const { min, max, estimates } = this.#parts;
    const first = firstIndex(estimates, (estimate) => estimate >= bound);
    return this.#between(first, Number(min < bound), Number(max >= bound));
  }

  countAtMost(bound: number): number {
    const { min, max, estimates } = this.#parts;
    const first = firstIndex(estimates, (estimate) => estimate > bound);
    return this.#between(first, Number(min <= bound), Number(max > bound));
  }

  /** Interpolated linearly between the estimates of the closest ranks, as `quantileOfSorted` does between values. */
  quantile(q: number): number | null {
    if (this.count === 0) return null;
    const position = (this.count - 1) * q;
    const below = this.#atRank(Math.floor(position));
    const above = this.#atRank(Math.ceil(position));
    return below + (above - below) * (position - Math.floor(position));
  }

  #atRank(rank: number): number {
    const { estimates, cumulative, min, max } = this.#parts;
    if (rank <= 0) return min;
    if (rank >= this.count - 1) return max;
    return estimates[firstIndex(cumulative, (upTo) => upTo > rank)] ?? max;
  }

  /** The values before a bucket, at least so many of them and at most all but so many. */
  #between(bucket: number, least: number, others: number): number {
    if (this.count === 0) return 0;
    const found = bucket === 0 ? 0 : (this.#parts.cumulative[bucket - 1] ?? 0);
    return Math.min(Math.max(found, least), this.count - others);
  }
}
