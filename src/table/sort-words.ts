import { endianness } from 'node:os';

/**
 * Values as unsigned 32-bit words, least significant first, that are equal where the values are and compare as they
 * do: what radix sort and hashing work on.
 */

const signBit = 0x8000_0000;
const low = endianness() === 'LE' ? 0 : 1;
const high = 1 - low;

/** Every NaN is the same and comes after all numbers; −0 equals 0. */
export function floatWords(values: ArrayLike<number>): readonly Uint32Array[] {
  const [lows, highs] = halves(new Float64Array(values));
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? 0;
    // Doubles of one sign are ordered by their bits: negative ones are turned round, positive ones put above them.
    if (Number.isNaN(value)) lows[row] = highs[row] = 0xffff_ffff;
    else if (value < 0) {
      lows[row] = ~(lows[row] ?? 0);
      highs[row] = ~(highs[row] ?? 0);
    } else if (value === 0) highs[row] = signBit;
    else highs[row] = (highs[row] ?? 0) ^ signBit;
  }
  return [lows, highs];
}

export function int32Words(values: ArrayLike<number>): readonly Uint32Array[] {
  return [flipSigns(new Uint32Array(values))];
}

export function uint32Words(values: ArrayLike<number>): readonly Uint32Array[] {
  return [new Uint32Array(values)];
}

export function int64Words(values: { slice: () => BigInt64Array<ArrayBuffer> }): readonly Uint32Array[] {
  const [lows, highs] = halves(values.slice());
  return [lows, flipSigns(highs)];
}

export function uint64Words(values: { slice: () => BigUint64Array<ArrayBuffer> }): readonly Uint32Array[] {
  return halves(values.slice());
}

/** Texts compare by UTF-16 code units, as `<` does. */
export function textWords(codes: ArrayLike<number>, dictionary: readonly string[]): readonly Uint32Array[] {
  const sorted = Array.from(dictionary.keys()).sort((a, b) =>
    (dictionary[a] ?? '') < (dictionary[b] ?? '') ? -1 : 1,
  );
  const ranks = new Uint32Array(dictionary.length);
  for (const [rank, code] of sorted.entries()) ranks[code] = rank;
  const words = new Uint32Array(codes.length);
  for (let row = 0; row < words.length; row++) words[row] = ranks[codes[row] ?? 0] ?? 0;
  return [words];
}

function flipSigns(words: Uint32Array): Uint32Array {
  for (let row = 0; row < words.length; row++) words[row] = (words[row] ?? 0) ^ signBit;
  return words;
}

function halves({ buffer }: { readonly buffer: ArrayBuffer }): [lows: Uint32Array, highs: Uint32Array] {
  const words = new Uint32Array(buffer);
  const length = words.length / 2;
  const lows = new Uint32Array(length);
  const highs = new Uint32Array(length);
  for (let row = 0; row < length; row++) {
    lows[row] = words[2 * row + low] ?? 0;
    highs[row] = words[2 * row + high] ?? 0;
  }
  return [lows, highs];
}
