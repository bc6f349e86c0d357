/** Gives each distinct text a code, counted up from 0 in order of first appearance. */
export class Interner {
  readonly #codes = new Map<string, number>();
  readonly texts: string[] = [];

  codeOf(text: string): number {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    const code = this.texts.length;
    this.#codes.set(text, code);
    this.texts.push(text);
    return code;
  }
}
