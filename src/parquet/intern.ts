import type { Codes } from '../table/storage-kind.ts';

/** Codes counted up from 0 in order of first appearance, and what each stands for. */
export interface Interned {
  readonly codes: Uint32Array;
  readonly distinct: readonly number[];
}

/** The codes that occur, counted anew. */
export function usedCodes(codes: Codes, entryCount: number): Interned {
  const codeOf = new Int32Array(entryCount).fill(-1);
  const distinct: number[] = [];
  const recoded = new Uint32Array(codes.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? 0;
    let known = codeOf[code] ?? 0;
    if (known < 0) {
      known = distinct.length;
      codeOf[code] = known;
      distinct.push(code);
    }
    recoded[row] = known;
  }
  return { codes: recoded, distinct };
}

/** A dictionary of integers pays where each occurs so many times; looking for it must not cost more than it saves. */
const occurrencesEach = 3;
const maxDistinct = 1 << 16;

/** Undefined where most integers differ, or too many. */
export function internIntegers(values: Codes): Interned | undefined {
  const { length } = values;
  if (length === 0) return undefined;
  const limit = Math.min(maxDistinct, Math.floor(length / occurrencesEach));
  const mask = 2 * 2 ** Math.ceil(Math.log2(limit + 1)) - 1;
  // Code + 1 of the integer in each place, 0 where there is none.
  const places = new Uint32Array(mask + 1);
  const distinct: number[] = [];
  const codes = new Uint32Array(length);
  for (let row = 0; row < length; row++) {
    const value = values[row] ?? 0;
    let place = (Math.imul(value, 0x9e37_79b1) >>> 15) & mask;
    let code = places[place] ?? 0;
    while (code !== 0 && distinct[code - 1] !== value) {
      place = (place + 1) & mask;
      code = places[place] ?? 0;
    }
    if (code === 0) {
      if (distinct.length === limit) return undefined;
      code = distinct.push(value);
      places[place] = code;
    }
    codes[row] = code - 1;
  }
  return { codes, distinct };
}
