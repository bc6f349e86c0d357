import { memoryOf } from '../arrow/memory-of.ts';
import type { PackedEntries } from '../arrow/packed-entries.ts';
import type { Column } from '../table/column.ts';

/** The least and the largest value, as they are stored. */
export interface Extremes {
  readonly min: Uint8Array;
  readonly max: Uint8Array;
}

/** Texts beyond that are left out of statistics: every reader reads these. */
const maxLength = 256;

/** The column must have no nulls. Undefined for texts, for no values, and where one is NaN. */
export function extremesOf(column: Column): Extremes | undefined {
  if (column.length === 0) return undefined;
  switch (column.type) {
    case 'float64':
      return floatExtremes(column.values as ArrayLike<number>);
    case 'int32':
    case 'uint32':
    case 'boolean':
      return smallExtremes(column.values as ArrayLike<number>, memoryOf(column.values));
    case 'int64':
    case 'time':
    case 'duration':
      return longExtremes(memoryOf(column.values), true);
    case 'uint64':
      return longExtremes(memoryOf(column.values), false);
    default:
      return undefined;
  }
}

function floatExtremes(values: ArrayLike<number>): Extremes | undefined {
  let min = Infinity;
  let max = -Infinity;
  const { length } = values;
  for (let row = 0; row < length; row++) {
    const value = values[row] ?? 0;
    if (value < min) min = value;
    if (value > max) max = value;
    if (Number.isNaN(value)) return undefined;
  }
  // Readers tell zeros apart in different ways, so that either zero must be within the bounds.
  return {
    min: memoryOf(Float64Array.of(min === 0 ? -0 : min)),
    max: memoryOf(Float64Array.of(max === 0 ? 0 : max)),
  };
}

function smallExtremes(values: ArrayLike<number>, memory: Uint8Array): Extremes {
  let min = 0;
  let max = 0;
  for (let row = 1; row < values.length; row++) {
    const value = values[row] ?? 0;
    if (value < (values[min] ?? 0)) min = row;
    if (value > (values[max] ?? 0)) max = row;
  }
  return extremesAt(memory, memory.length / values.length, min, max);
}

/** By halves: reading so many bigints takes longer than all other work on them. */
function longExtremes(memory: Uint8Array, signed: boolean): Extremes {
  const words = new Uint32Array(memory.buffer, memory.byteOffset, memory.length / 4);
  // Turning the sign's bit makes signed numbers compare as unsigned ones do.
  const turned = signed ? 0x8000_0000 : 0;
  let min = 0;
  let max = 0;
  let minHigh = ((words[1] ?? 0) ^ turned) >>> 0;
  let maxHigh = minHigh;
  for (let at = 2; at < words.length; at += 2) {
    const high = ((words[at + 1] ?? 0) ^ turned) >>> 0;
    if (high < minHigh || (high === minHigh && (words[at] ?? 0) < (words[min] ?? 0))) {
      min = at;
      minHigh = high;
    }
    if (high > maxHigh || (high === maxHigh && (words[at] ?? 0) > (words[max] ?? 0))) {
      max = at;
      maxHigh = high;
    }
  }
  return extremesAt(memory, 8, min / 2, max / 2);
}

/** Copies, since statistics outlive the rows. */
function extremesAt(memory: Uint8Array, size: number, min: number, max: number): Extremes {
  return {
    min: memory.slice(min * size, (min + 1) * size),
    max: memory.slice(max * size, (max + 1) * size),
  };
}

/** The least and the largest entry by their bytes; undefined where there is none, or one is long. */
export function entryExtremes({ bytes, offsets }: PackedEntries): Extremes | undefined {
  const count = offsets.length - 1;
  if (count === 0) return undefined;
  let min = 0;
  let max = 0;
  const compare = (one: number, other: number): number => {
    let at = offsets[one] ?? 0;
    let otherAt = offsets[other] ?? 0;
    const end = offsets[one + 1] ?? 0;
    const otherEnd = offsets[other + 1] ?? 0;
    while (at < end && otherAt < otherEnd) {
      const difference = (bytes[at++] ?? 0) - (bytes[otherAt++] ?? 0);
      if (difference !== 0) return difference;
    }
    return end - at - (otherEnd - otherAt);
  };
  for (let entry = 1; entry < count; entry++) {
    if (compare(entry, min) < 0) min = entry;
    if (compare(entry, max) > 0) max = entry;
  }
  const entryAt = (entry: number): Uint8Array => bytes.slice(offsets[entry], offsets[entry + 1]);
  const extremes = { min: entryAt(min), max: entryAt(max) };
  return extremes.min.length > maxLength || extremes.max.length > maxLength ? undefined : extremes;
}
