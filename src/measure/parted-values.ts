import { interpolated } from '../table/quantile.ts';
import type { Distribution } from './distribution.ts';
import type { SortedValues } from './sorted-values.ts';
import { figuresOf, type Figures } from './summarize.ts';

/**
 * The values of several sets together, exactly, where those of each set are sorted: so that many values need not be held
 * twice. A value of a rank is found by halving among the doubles, which is quick for few questions.
 */
export class PartedValues implements Distribution {
  readonly #parts: readonly SortedValues[];
  readonly count: number;
  readonly min: number | null;
  readonly max: number | null;

  /** @param parts - without NaN; taken over, not copied */
  constructor(parts: readonly SortedValues[]) {
    this.#parts = parts.filter(({ count }) => count > 0);
    let [count, min, max] = [0, Infinity, -Infinity];
    for (const part of this.#parts) {
      count += part.count;
      min = Math.min(min, part.min ?? min);
      max = Math.max(max, part.max ?? max);
    }
    this.count = count;
    this.min = count === 0 ? null : min;
    this.max = count === 0 ? null : max;
  }

  countBelow(bound: number): number {
    let count = 0;
    for (const part of this.#parts) count += part.countBelow(bound);
    return count;
  }

  countAtMost(bound: number): number {
    let count = 0;
    for (const part of this.#parts) count += part.countAtMost(bound);
    return count;
  }

  /** As `quantileOfSorted` of all values. */
  quantile(q: number): number | null {
    return this.count === 0 ? null : interpolated(this.count, q, (rank) => this.#atRank(rank));
  }

  /** Sum and variance as `summarize` has them, but part after part. */
  figures(): Figures {
    return figuresOf(this.#parts);
  }

  /** The smallest double that more than `rank` values are at most. */
  #atRank(rank: number): number {
    let [low, high] = [keyOf(this.min ?? 0), keyOf(this.max ?? 0)];
    while (low < high) {
      const middle = (low + high) >> 1n;
      if (this.countAtMost(doubleOf(middle)) > rank) high = middle;
      else low = middle + 1n;
    }
    return doubleOf(low);
  }
}

const double = new Float64Array(1);
const bits = new BigInt64Array(double.buffer);
const withoutSign = 0x7fff_ffff_ffff_ffffn;

/** Integers that are ordered as the doubles are. */
function keyOf(value: number): bigint {
  double[0] = value;
  const own = bits[0] ?? 0n;
  return own < 0n ? -(own & withoutSign) : own;
}

function doubleOf(key: bigint): number {
  bits[0] = key < 0n ? -key : key;
  const size = double[0] ?? 0;
  return key < 0n ? -size : size;
}
