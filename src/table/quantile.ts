/**
 * A quantile of sorted values; null where there are none, NaN where any is NaN (NaN is sorted to the end).
 *
 * Linear interpolation, the default of numpy and pandas (type 7 of R. J. Hyndman and Y. Fan, "Sample Quantiles in
 * Statistical Packages", The American Statistician 50 (1996), 361–365): with h = (n − 1)·q and the values sorted from
 * x₀ on, x⌊h⌋ + (h − ⌊h⌋)·(x⌊h⌋₊₁ − x⌊h⌋).
 *
 * @param sorted - ascending
 * @param q - 0 to 1
 */
export function quantileOfSorted(sorted: ArrayLike<number | bigint>, q: number): number | null {
  const last = sorted.length - 1;
  if (last < 0) return null;
  if (Number.isNaN(sorted[last])) return NaN;
  return interpolated(last + 1, q, (rank) => Number(sorted[rank]));
}

/** The same of `count` values, one or more and none of them NaN, that are asked for by their ranks, from 0. */
export function interpolated(count: number, q: number, at: (rank: number) => number): number {
  const position = (count - 1) * q;
  const below = at(Math.floor(position));
  const above = at(Math.ceil(position));
  if (below === above) return below;
  const share = position - Math.floor(position);
  // From the nearer end, as numpy does: so it never passes the farther one, and grows with q.
  return share < 0.5 ? below + (above - below) * share : above - (above - below) * (1 - share);
}
