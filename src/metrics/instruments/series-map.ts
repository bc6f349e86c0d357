/**
 * The series of a metric by their label values. Two label sets are the same only if every value is: the keys hold
 * the values' lengths, so that no text in a value can imitate the end of one.
 */
export class SeriesMap<Series> {
  readonly #entries = new Map<string, readonly [values: readonly string[], series: Series]>();
  readonly #make: () => Series;

  /** @param make - makes the series of a label set when it is first asked for */
  constructor(make: () => Series) {
    this.#make = make;
  }

  at(values: readonly string[]): Series {
    const key = keyOf(values);
    const known = this.#entries.get(key);
    if (known !== undefined) return known[1];
    const made = this.#make();
    this.#entries.set(key, [values, made]);
    return made;
  }

  remove(values: readonly string[]): void {
    this.#entries.delete(keyOf(values));
  }

  clear(): void {
    this.#entries.clear();
  }

  /** In the order in which they were first asked for. */
  [Symbol.iterator](): Iterator<readonly [values: readonly string[], series: Series]> {
    return this.#entries.values();
  }
}

function keyOf(values: readonly string[]): string {
  const [only = ''] = values;
  if (values.length <= 1) return only;
  let key = '';
  for (const value of values) key += `${value.length}:${value}`;
  return key;
}
