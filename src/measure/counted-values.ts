import type { Distribution } from './distribution.ts';
import type { ExponentialCounts, ExponentialLayout } from './exponential-counts.ts';

export interface CountedParts {
  /** What is known of the values otherwise. */
  readonly values: Distribution;
  /** Upper bounds at which values were counted, ascending. */
  readonly bounds: readonly number[];
  /** For each bound, how many values are at most it. */
  readonly cumulativeCounts: readonly number[];
  /** The values in exponential buckets of a layout, where they were asked for. */
  readonly exponential?:
    { readonly layout: ExponentialLayout; readonly counts: ExponentialCounts } | undefined;
}

/** Values that are not kept, but were counted in buckets one by one: at their bounds, counts are exact. */
export class CountedValues implements Distribution {
  readonly #values: Distribution;
  readonly #exponential: CountedParts['exponential'];
  readonly #counts: ReadonlyMap<number, number>;

  constructor({ values, bounds, cumulativeCounts, exponential }: CountedParts) {
    this.#values = values;
    this.#exponential = exponential;
    this.#counts = new Map(bounds.map((bound, i) => [bound, cumulativeCounts[i] ?? 0]));
  }

  get count(): number {
    return this.#values.count;
  }

  get min(): number | null {
    return this.#values.min;
  }

  get max(): number | null {
    return this.#values.max;
  }

  countBelow(bound: number): number {
    return this.#values.countBelow(bound);
  }

  countAtMost(bound: number): number {
    return this.#counts.get(bound) ?? this.#values.countAtMost(bound);
  }

  quantile(q: number): number | null {
    return this.#values.quantile(q);
  }

  /** Undefined where they were not counted in buckets of this layout. */
  exponentialCounts({ schema, maxBuckets }: ExponentialLayout): ExponentialCounts | undefined {
    if (this.#exponential === undefined) return undefined;
    const { layout, counts } = this.#exponential;
    return layout.schema === schema && layout.maxBuckets === maxBuckets ? counts : undefined;
  }
}
