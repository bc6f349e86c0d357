/** How the values of a set of samples are spread: what quantiles, charts and histograms need to know of them. */
export interface Distribution {
  /** Number of values. */
  readonly count: number;
  /** Null without values. Exact, whatever holds the values. */
  readonly min: number | null;
  readonly max: number | null;
  /** How many values are smaller than `bound`. */
  countBelow(bound: number): number;
  /** How many values are at most `bound`. */
  countAtMost(bound: number): number;
  /** The quantile `q` from 0 to 1; null without values. */
  quantile(q: number): number | null;
}
