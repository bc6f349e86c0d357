/**
 * The values of a set of samples that grows for a long time. What was sorted once stays sorted: to have all in order,
 * the values since then are sorted and merged in.
 */
export class GrowingValues {
  #sorted: Float64Array<ArrayBuffer> = new Float64Array(0);
  #tail = new Float64Array(0);
  #tailLength = 0;

  get count(): number {
    return this.#sorted.length + this.#tailLength;
  }

  add(value: number): void {
    this.#room(1);
    this.#tail[this.#tailLength++] = value;
  }

  addAll(other: GrowingValues): void {
    const values = other.sorted();
    if (this.count === 0) {
      this.#sorted = values;
      return;
    }
    this.#room(values.length);
    this.#tail.set(values, this.#tailLength);
    this.#tailLength += values.length;
  }

  /** All values in ascending order. The array is never written to again. */
  sorted(): Float64Array<ArrayBuffer> {
    if (this.#tailLength > 0) {
      const tail = this.#tail.slice(0, this.#tailLength).sort();
      this.#sorted = merge(this.#sorted, tail);
      this.#tail = new Float64Array(0);
      this.#tailLength = 0;
    }
    return this.#sorted;
  }

  #room(more: number): void {
    const needed = this.#tailLength + more;
    if (needed <= this.#tail.length) return;
    const larger = new Float64Array(Math.max(16, needed, this.#tail.length * 2));
    larger.set(this.#tail);
    this.#tail = larger;
  }
}

/** @returns one of the two where the other is empty */
function merge(a: Float64Array<ArrayBuffer>, b: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const merged = new Float64Array(a.length + b.length);
  let [atA, atB] = [0, 0];
  while (atA < a.length && atB < b.length) {
    const valueA = a[atA] ?? NaN;
    const valueB = b[atB] ?? NaN;
    if (isBefore(valueA, valueB)) {
      merged[atA + atB] = valueA;
      atA += 1;
    } else {
      merged[atA + atB] = valueB;
      atB += 1;
    }
  }
  const at = atA + atB;
  merged.set(atA < a.length ? a.subarray(atA) : b.subarray(atB), at);
  return merged;
}

/** The order in which typed arrays are sorted: −0 before 0, NaN last. */
function isBefore(a: number, b: number): boolean {
  if (a < b) return true;
  if (a > b) return false;
  return a === b ? a !== 0 || Object.is(a, -0) || Object.is(b, 0) : Number.isNaN(b);
}
