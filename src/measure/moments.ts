/**
 * Mean and variance of values that are not kept.
 *
 * B. P. Welford, "Note on a Method for Calculating Corrected Sums of Squares and Products", Technometrics 4 (1962),
 * 419–420: the mean and the sum of squares about it, M, are carried on from value to value, so that nothing cancels.
 * Two of them are joined as in T. F. Chan, G. H. Golub and R. J. LeVeque, "Algorithms for Computing the Sample
 * Variance", The American Statistician 37 (1983), 242–247: M = M₁ + M₂ + (m₂ − m₁)² · n₁n₂ / (n₁ + n₂).
 */
export class Moments {
  #count = 0;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    this.#count += 1;
    const deviation = value - this.#mean;
    this.#mean += deviation / this.#count;
    this.#squares += deviation * (value - this.#mean);
  }

  addAll(other: Moments): void {
    if (other.#count === 0) return;
    const count = this.#count + other.#count;
    const distance = other.#mean - this.#mean;
    this.#squares += other.#squares + distance * distance * ((this.#count / count) * other.#count);
    this.#mean += distance * (other.#count / count);
    this.#count = count;
  }

  /** The sample variance (divided by n − 1); null below two values. */
  get variance(): number | null {
    return this.#count < 2 ? null : this.#squares / (this.#count - 1);
  }
}
