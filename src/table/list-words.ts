import type { Codes } from './storage-kind.ts';

/**
 * A word for each row that is equal where the rows' lists are and compares as they do: element by element, and a list
 * that another one begins with comes before it.
 *
 * @param rows - the number of each row's list; one that is not there is empty
 * @param offsets - where each list begins among the elements, and where the last one ends
 * @param words - of the elements, least significant first
 */
export function listWords(
  rows: Codes,
  offsets: Codes,
  words: readonly Uint32Array[],
): readonly Uint32Array[] {
  const compare = comparing(offsets, [...words].reverse());
  const sorted = distinctOf(rows, offsets.length).sort(compare);
  const ranks = new Uint32Array(offsets.length);
  let rank = 0;
  for (const [at, list] of sorted.entries()) {
    if (at > 0 && compare(sorted[at - 1] ?? 0, list) !== 0) rank += 1;
    ranks[list] = rank;
  }
  const found = new Uint32Array(rows.length);
  for (let row = 0; row < rows.length; row++) found[row] = ranks[rows[row] ?? 0] ?? 0;
  return [found];
}

/** Each number once, ascending; all are below `bound`. */
function distinctOf(numbers: Codes, bound: number): Uint32Array {
  const occurs = new Uint8Array(bound);
  for (const number of numbers) occurs[number] = 1;
  return Uint32Array.from(occurs.keys()).filter((number) => occurs[number] === 1);
}

/** @param words - of the elements, most significant first */
function comparing(offsets: Codes, words: readonly Uint32Array[]): (a: number, b: number) => number {
  return (a, b) => {
    const [firstOfA, firstOfB] = [offsets[a] ?? 0, offsets[b] ?? 0];
    const lengthOfA = (offsets[a + 1] ?? firstOfA) - firstOfA;
    const lengthOfB = (offsets[b + 1] ?? firstOfB) - firstOfB;
    const shared = Math.min(lengthOfA, lengthOfB);
    for (let at = 0; at < shared; at++) {
      for (const word of words) {
        const difference = (word[firstOfA + at] ?? 0) - (word[firstOfB + at] ?? 0);
        if (difference !== 0) return difference;
      }
    }
    return lengthOfA - lengthOfB;
  };
}
