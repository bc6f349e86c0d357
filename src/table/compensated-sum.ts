/**
 * A running sum whose error stays at about one unit in the last place of the result, however many values there are,
 * as long as they do not cancel to less than 1e-16 of their size.
 *
 * The improved Kahan–Babuška sum of A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher
 * Summen", ZAMM 54 (1974), 39–51.
 */
export class CompensatedSum {
  #sum = 0;
  #lost = 0;

  add(value: number): void {
    const sum = this.#sum;
    const next = sum + value;
    this.#lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    this.#sum = next;
  }

  /** 0 before anything was added; infinite or NaN where a plain sum is. */
  get value(): number {
    // With an infinity or an overflow on the way, what was lost is NaN.
    return Number.isFinite(this.#lost) ? this.#sum + this.#lost : this.#sum;
  }
}
