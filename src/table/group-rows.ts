import type { Column } from './column.ts';
import type { Codes } from './storage-kind.ts';

/** For each row its group: groups are numbered in order of first appearance. */
export interface GroupNumbers {
  readonly groupCount: number;
  readonly groupOf: Codes;
  /** For each group its first row. */
  readonly firstRows: Codes;
}

/** The rows of a table, divided into groups. */
export interface Grouping extends GroupNumbers {
  /** All rows, group after group, in their order within each. */
  readonly rows: Codes;
  /** Where each group starts in `rows`; one more at the end, where the last one ends. */
  readonly offsets: Codes;
}

/**
 * Divides the rows into groups of equal keys. Null equals null and nothing else, NaN equals NaN, −0 equals 0.
 *
 * @param keys - columns of `rowCount` rows; with none, all rows are one group, even where there are no rows
 */
export function groupRows(keys: readonly Column[], rowCount: number): Grouping {
  const { groupOf, groupCount, firstRows } = numberGroups(keys, rowCount);
  const offsets = new Uint32Array(groupCount + 1);
  for (const group of groupOf) offsets[group + 1] = (offsets[group + 1] ?? 0) + 1;
  for (let group = 0; group < groupCount; group++) {
    offsets[group + 1] = (offsets[group + 1] ?? 0) + (offsets[group] ?? 0);
  }
  const next = offsets.slice();
  const rows = new Uint32Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const group = groupOf[row] ?? 0;
    const position = next[group] ?? 0;
    rows[position] = row;
    next[group] = position + 1;
  }
  return { groupCount, groupOf, firstRows, rows, offsets };
}

/** The same without the rows of each group, where only their numbers are needed. */
export function numberGroups(keys: readonly Column[], rowCount: number): GroupNumbers {
  const groupOf = new Uint32Array(rowCount);
  const firstRows = keys.length === 0 ? new Uint32Array(1) : assignKeys(keys, groupOf);
  return { groupOf, groupCount: firstRows.length, firstRows };
}

/** Writes the group of each row to `groupOf` and returns the first row of each group. */
function assignKeys(keys: readonly Column[], groupOf: Uint32Array): Uint32Array<ArrayBuffer> {
  const telling = keys.filter((key) => !isConstant(key));
  if (telling.length === 0) return new Uint32Array(groupOf.length === 0 ? 0 : 1);
  const coded = mixedCodes(telling, groupOf.length);
  if (coded !== undefined) return assignCodes(coded.codes, coded.codeCount, groupOf);
  return assignGroups(telling.flatMap(keyWords), groupOf);
}

/** Whether it is known at once that all rows have the same key. */
function isConstant({ length, nullCount, codes, dictionary }: Column): boolean {
  return nullCount === length || (codes !== undefined && nullCount === 0 && dictionary.length === 1);
}

/**
 * One code for each row where all keys are texts and their codes together are not many more than rows: codes of several
 * dictionaries are the digits of one number. Undefined where hashing costs less than numbering all that could be: the
 * texts of a slice may be few and its dictionary large.
 */
function mixedCodes(
  keys: readonly Column[],
  rowCount: number,
): { readonly codes: Codes; readonly codeCount: number } | undefined {
  let codeCount = 1;
  for (const { codes, dictionary, validity } of keys) {
    codeCount *= dictionary.length + Number(validity !== undefined);
    if (codes === undefined || codeCount > rowCount) return undefined;
  }
  const [first] = keys;
  if (keys.length === 1 && first?.codes !== undefined && first.validity === undefined) {
    return { codes: first.codes, codeCount };
  }
  const mixed = new Uint32Array(rowCount);
  for (const { codes, dictionary, validity } of keys) {
    if (codes === undefined) return undefined;
    const base = dictionary.length + Number(validity !== undefined);
    for (let row = 0; row < rowCount; row++) {
      const code = validity?.[row] === 0 ? dictionary.length : (codes[row] ?? 0);
      mixed[row] = (mixed[row] ?? 0) * base + code;
    }
  }
  return { codes: mixed, codeCount };
}

/** Codes are keys already: they only have to be numbered in order of first appearance. */
function assignCodes(codes: Codes, codeCount: number, groupOf: Uint32Array): Uint32Array<ArrayBuffer> {
  const firstRows: number[] = [];
  /** The group of each code plus one, for 0 is none yet. */
  const groups = new Uint32Array(codeCount);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? 0;
    let group = groups[code] ?? 0;
    if (group === 0) group = groups[code] = firstRows.push(row);
    groupOf[row] = group - 1;
  }
  return Uint32Array.from(firstRows);
}

/** Words that are equal for two rows exactly where the rows' keys are; dictionary codes, for text. */
function keyWords(column: Column): readonly Uint32Array[] {
  const { codes, validity } = column;
  const words = codes === undefined ? column.sortWords() : [codes.slice()];
  if (validity === undefined) return words;
  for (const word of words) {
    for (let row = 0; row < word.length; row++) if (validity[row] === 0) word[row] = 0;
  }
  return [...words, new Uint32Array(validity)];
}

/** Knuth's multiplicative hashing: 2^32 divided by the golden ratio, The Art of Computer Programming 3, 6.4. */
const golden = 0x9e37_79b1;

/**
 * Writes the group of each row to `groupOf` and returns the first row of each group.
 *
 * An open-addressing hash table of group numbers. Whether two rows belong together is decided by comparing all of
 * their words, so that keys can never collide.
 */
function assignGroups(words: readonly Uint32Array[], groupOf: Uint32Array): Uint32Array<ArrayBuffer> {
  const hashes = hashRows(words, groupOf.length);
  const firstRows: number[] = [];
  let slots = new Uint32Array(1024);
  for (let row = 0; row < groupOf.length; row++) {
    if (firstRows.length * 2 > slots.length) slots = rehash(firstRows, hashes, slots.length * 4);
    const mask = slots.length - 1;
    let slot = (hashes[row] ?? 0) & mask;
    // A slot holds a group's number plus one, for 0 is an empty slot.
    let group = slots[slot] ?? 0;
    while (group !== 0 && !sameWords(words, row, firstRows[group - 1] ?? 0)) {
      slot = (slot + 1) & mask;
      group = slots[slot] ?? 0;
    }
    if (group === 0) group = slots[slot] = firstRows.push(row);
    groupOf[row] = group - 1;
  }
  return Uint32Array.from(firstRows);
}

function hashRows(words: readonly Uint32Array[], rowCount: number): Uint32Array {
  const hashes = new Uint32Array(rowCount);
  for (const word of words) {
    for (let row = 0; row < rowCount; row++) {
      const mixed = Math.imul((hashes[row] ?? 0) ^ (word[row] ?? 0), golden);
      hashes[row] = mixed ^ (mixed >>> 15);
    }
  }
  return hashes;
}

function rehash(firstRows: readonly number[], hashes: Uint32Array, size: number): Uint32Array<ArrayBuffer> {
  const slots = new Uint32Array(size);
  for (const [group, row] of firstRows.entries()) {
    let slot = (hashes[row] ?? 0) & (size - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (size - 1);
    slots[slot] = group + 1;
  }
  return slots;
}

function sameWords(words: readonly Uint32Array[], row: number, other: number): boolean {
  for (const word of words) if (word[row] !== word[other]) return false;
  return true;
}
