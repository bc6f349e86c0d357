import { RttsharkError } from '../errors.ts';

/** A value inside a JSON document, and where it stands, so that a wrong one can be named. */
export class CheckedJson {
  readonly value: unknown;
  /** As in `measurements[0].groups`; empty for the whole document. */
  readonly path: string;
  readonly #document: string;

  private constructor(document: string, path: string, value: unknown) {
    this.#document = document;
    this.path = path;
    this.value = value;
  }

  /**
   * @param document - what messages call the document, quotes included: `The baseline "a.json"`
   * @throws RttsharkError `usage` where the text is no JSON
   */
  static parse(text: string, document: string): CheckedJson {
    try {
      return new CheckedJson(document, '', JSON.parse(text.replace(/^\ufeff/, '')));
    } catch (cause) {
      const detail = cause instanceof Error ? cause.message : undefined;
      throw new RttsharkError('usage', `${document} is not JSON.`, { detail, cause });
    }
  }

  /** The value of a key. One that is missing is refused when it is read. */
  get(key: string): CheckedJson {
    return this.inner(key, this.fields()[key]);
  }

  entries(): [key: string, value: CheckedJson][] {
    return Object.entries(this.fields()).map(([key, value]) => [key, this.inner(key, value)]);
  }

  items(): CheckedJson[] {
    if (!Array.isArray(this.value)) return this.refuse('a list');
    return this.value.map(
      (item: unknown, at) => new CheckedJson(this.#document, `${this.path}[${at}]`, item),
    );
  }

  text(): string {
    return typeof this.value === 'string' ? this.value : this.refuse('a text');
  }

  boolean(): boolean {
    return typeof this.value === 'boolean' ? this.value : this.refuse('true or false');
  }

  number(): number {
    return typeof this.value === 'number' && Number.isFinite(this.value)
      ? this.value
      : this.refuse('a number');
  }

  /** A whole number, zero or more. */
  count(): number {
    const { value } = this;
    const isCount = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
    return isCount ? value : this.refuse('a whole number, zero or more');
  }

  numberOrNull(): number | null {
    if (this.value !== null && typeof this.value !== 'number') return this.refuse('a number or null');
    return this.value === null ? null : this.number();
  }

  /** One certain text. */
  literal<T extends string>(expected: T): T {
    return this.value === expected ? expected : this.refuse(`"${expected}"`);
  }

  /** @throws RttsharkError `usage`, always */
  refuse(expected: string): never {
    const { path, value } = this;
    const found = value === undefined ? 'is missing' : `is ${excerpt(value)}, not ${expected}`;
    const wrong = path === '' ? `it is not ${expected}` : `"${path}" ${found}`;
    throw new RttsharkError('usage', `${this.#document} cannot be used: ${wrong}.`);
  }

  private inner(key: string, value: unknown): CheckedJson {
    return new CheckedJson(this.#document, this.path === '' ? key : `${this.path}.${key}`, value);
  }

  private fields(): Record<string, unknown> {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return this.refuse('an object');
    return value as Record<string, unknown>;
  }
}

function excerpt(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}
