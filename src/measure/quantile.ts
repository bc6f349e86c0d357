/**
 * A quantile of sorted values, interpolated linearly between the closest ranks: numpy's and pandas' default
 * (method 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996).
 *
 * @param sorted - ascending
 * @param q - 0 to 1
 * @returns null where there are no values
 */
export function quantileOfSorted(sorted: Float64Array, q: number): number | null {
  const rank = (sorted.length - 1) * q;
  const below = sorted[Math.floor(rank)];
  const above = sorted[Math.ceil(rank)];
  if (below === undefined || above === undefined) return null;
  const share = rank - Math.floor(rank);
  // From the nearer end, as numpy does, so that the rounding is the same.
  return share < 0.5 ? below + (above - below) * share : above - (above - below) * (1 - share);
}
