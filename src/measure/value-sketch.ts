import { IndexCounts } from './index-counts.ts';
import { SketchedValues } from './sketched-values.ts';

/** How far an estimate may be from its value, as a fraction of the value: half a percent. */
export const sketchRelativeError = 0.005;

export interface SketchOptions {
  /** `sketchRelativeError` by default. */
  readonly relativeError?: number;
  /**
   * Of each sign, 4096 by default. With half a percent they reach over 17 powers of ten: beyond, the values nearest to
   * zero are put together, and only they are less exact than stated.
   */
  readonly maxBuckets?: number;
}

/**
 * Counts of values that are close together, in a space that does not grow with their number, for quantiles with a
 * relative error.
 *
 * C. Masson, J. E. Rim and H. K. Lee, "DDSketch: A Fast and Fully-Mergeable Quantile Sketch with Relative-Error
 * Guarantees", PVLDB 12 (2019), 2195–2205: with α the relative error and γ = (1 + α) / (1 − α), a positive value x is
 * counted in the bucket ⌈log_γ x⌉, and the values of bucket i are taken for 2γ^i / (γ + 1). Negative values are
 * counted in the same way by their size, and zeros by themselves.
 */
export class ValueSketch {
  readonly relativeError: number;
  readonly #indicesPerE: number;
  readonly #negative: IndexCounts;
  readonly #positive: IndexCounts;
  #zeros = 0;
  #count = 0;
  #min = Infinity;
  #max = -Infinity;
  #snapshot: SketchedValues | undefined;

  constructor({ relativeError = sketchRelativeError, maxBuckets = 4096 }: SketchOptions = {}) {
    this.relativeError = relativeError;
    this.#indicesPerE = 1 / (Math.log1p(relativeError) - Math.log1p(-relativeError));
    this.#negative = new IndexCounts(maxBuckets);
    this.#positive = new IndexCounts(maxBuckets);
  }

  get count(): number {
    return this.#count;
  }

  /** @param value - a finite number */
  add(value: number): void {
    this.#snapshot = undefined;
    this.#count += 1;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
    if (value > 0) this.#positive.add(this.#indexOf(value));
    else if (value < 0) this.#negative.add(this.#indexOf(-value));
    else this.#zeros += 1;
  }

  /**
   * Takes over what another sketch saw, with the same result as if this one had seen it, in whatever order.
   *
   * @param other - made with the same options
   */
  addAll(other: ValueSketch): void {
    this.#snapshot = undefined;
    this.#count += other.#count;
    this.#zeros += other.#zeros;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
    this.#negative.addAll(other.#negative);
    this.#positive.addAll(other.#positive);
  }

  /** What was seen so far; what is added later does not change it. */
  distribution(): SketchedValues {
    this.#snapshot ??= this.#takeSnapshot();
    return this.#snapshot;
  }

  #takeSnapshot(): SketchedValues {
    const estimates: number[] = [];
    const cumulative: number[] = [];
    let before = 0;
    const put = (estimate: number, count: number) => {
      if (count === 0) return;
      before += count;
      estimates.push(Math.min(Math.max(estimate, this.#min), this.#max));
      cumulative.push(before);
    };
    const [negative, positive] = [this.#negative, this.#positive];
    for (let i = negative.highest; i >= negative.lowest; i--) put(-this.#estimateOf(i), negative.at(i));
    put(0, this.#zeros);
    for (let i = positive.lowest; i <= positive.highest; i++) put(this.#estimateOf(i), positive.at(i));
    return new SketchedValues({
      estimates: Float64Array.from(estimates),
      cumulative: Float64Array.from(cumulative),
      min: this.#min,
      max: this.#max,
    });
  }

  #indexOf(size: number): number {
    return Math.ceil(Math.log(size) * this.#indicesPerE);
  }

  /** 2γ^i / (γ + 1) = γ^i · (1 − α). */
  #estimateOf(index: number): number {
    return Math.exp(index / this.#indicesPerE) * (1 - this.relativeError);
  }
}
