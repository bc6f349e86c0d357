/** More values than these, or longer ones, are not worth remembering: they hardly come again. */
const mostEntries = 65_536;
const mostBytes = 256;
const firstSlots = 256;

/** FNV-1a: G. Fowler, L. C. Noll, K.-P. Vo and D. Eastlake, "The FNV Non-Cryptographic Hash Algorithm". */
const hashStart = 0x811c_9dc5 | 0;
const hashFactor = 0x0100_0193;

/** A value that was seen: what it says, and the code that it has in the chunk that is being built. */
interface Entry {
  readonly hash: number;
  readonly bytes: Buffer;
  readonly text: string | null | undefined;
  code: number;
  chunk: number;
}

/** What stands for no value. */
export const nullCode = -1;

/** What stands for a value that is not of the column's type. */
export const malformedCode = -2;

/** What a value says, as it was printed: null where that is nothing, undefined where it is malformed. */
export type TextOf = (printed: string) => string | null | undefined;

/** Turns the bytes of values into codes of a column's dictionary. A value that was seen before costs no string. */
export class TextCodes {
  readonly #textOf: TextOf;
  readonly #codeOf: (text: string) => number;
  #slots: (Entry | undefined)[] = Array<Entry | undefined>(firstSlots).fill(undefined);
  #entries = 0;
  #chunk = 0;

  /**
   * @param codeOf - the code of a text in the dictionary of the chunk that is being built
   */
  constructor(textOf: TextOf, codeOf: (text: string) => number) {
    this.#textOf = textOf;
    this.#codeOf = codeOf;
  }

  /** To be called when another chunk begins: codes are given anew then. */
  startChunk(): void {
    this.#chunk += 1;
  }

  /** @returns `nullCode` where there is no value, `malformedCode` where it is malformed */
  codeAt(bytes: Buffer, start: number, end: number): number {
    if (end - start > mostBytes) return this.#newCode(this.#textOf(bytes.toString('utf8', start, end)));
    let hash = hashStart;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), hashFactor);
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    let entry = this.#slots[slot];
    while (entry !== undefined && !(entry.hash === hash && isAt(entry.bytes, bytes, start, end))) {
      slot = (slot + 1) & mask;
      entry = this.#slots[slot];
    }
    entry ??= this.#remember(hash, Buffer.from(bytes.subarray(start, end)));
    if (entry.chunk !== this.#chunk) {
      entry.code = this.#newCode(entry.text);
      entry.chunk = this.#chunk;
    }
    return entry.code;
  }

  #newCode(text: string | null | undefined): number {
    if (text === undefined) return malformedCode;
    return text === null ? nullCode : this.#codeOf(text);
  }

  #remember(hash: number, bytes: Buffer): Entry {
    if (this.#entries >= mostEntries) {
      this.#slots = Array<Entry | undefined>(firstSlots).fill(undefined);
      this.#entries = 0;
    } else if (this.#entries * 2 >= this.#slots.length) {
      const known = this.#slots;
      this.#slots = Array<Entry | undefined>(known.length * 2).fill(undefined);
      for (const entry of known) if (entry !== undefined) this.#put(entry);
    }
    const entry = { hash, bytes, text: this.#textOf(bytes.toString('utf8')), code: nullCode, chunk: -1 };
    this.#put(entry);
    this.#entries += 1;
    return entry;
  }

  #put(entry: Entry): void {
    const mask = this.#slots.length - 1;
    let slot = (entry.hash ^ (entry.hash >>> 15)) & mask;
    while (this.#slots[slot] !== undefined) slot = (slot + 1) & mask;
    this.#slots[slot] = entry;
  }
}

function isAt(known: Buffer, bytes: Buffer, start: number, end: number): boolean {
  const { length } = known;
  if (length !== end - start) return false;
  for (let i = 0; i < length; i++) if (known[i] !== bytes[start + i]) return false;
  return true;
}
