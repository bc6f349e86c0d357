import { CompensatedSum } from './compensated-sum.ts';

/**
 * The sample variance (divided by n − 1); null below two values.
 *
 * The corrected two-pass algorithm, (Σ(x − m)² − (Σ(x − m))² / n) / (n − 1): T. F. Chan, G. H. Golub and R. J. LeVeque,
 * "Algorithms for Computing the Sample Variance", The American Statistician 37 (1983), 242–247, equation 1.7. The sums
 * are compensated, so that nothing cancels however large the values are beside their spread.
 */
export function sampleVariance(values: ArrayLike<number | bigint>): number | null {
  const n = values.length;
  const origin = values[0];
  if (origin === undefined || n < 2) return null;
  // Subtracting is exact for 64-bit integers, and brings those that are close together into the range of doubles.
  const doubleAt = (i: number): number => {
    const value = values[i] ?? 0;
    return typeof value === 'bigint' ? Number(value - BigInt(origin)) : value;
  };
  const sum = new CompensatedSum();
  for (let i = 0; i < n; i++) sum.add(doubleAt(i));
  const centre = sum.value / n;
  const squares = new CompensatedSum();
  const rest = new CompensatedSum();
  for (let i = 0; i < n; i++) {
    const deviation = doubleAt(i) - centre;
    squares.add(deviation * deviation);
    rest.add(deviation);
  }
  return Math.max(0, squares.value - rest.value ** 2 / n) / (n - 1);
}
