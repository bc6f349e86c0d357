import { packBits } from '../arrow/bitmap.ts';
import { joinBytes } from '../arrow/join-bytes.ts';
import { memoryOf } from '../arrow/memory-of.ts';
import { packHex, packTexts } from '../arrow/packed-entries.ts';
import type { PackedEntries } from '../arrow/packed-entries.ts';
import type { Column } from '../table/column.ts';
import type { Codes } from '../table/storage-kind.ts';
import { bitWidthOf, hybrid } from './hybrid.ts';
import { internIntegers, usedCodes } from './intern.ts';
import type { Interned } from './intern.ts';
import { entryExtremes, extremesOf } from './extremes.ts';
import type { Extremes } from './extremes.ts';

/** The values of one column of a row group, without its nulls. */
export interface EncodedValues {
  /** Each distinct value once, where the values are codes into them. */
  readonly dictionary?: { readonly bytes: Uint8Array; readonly count: number };
  readonly values: Uint8Array;
  /** Undefined where there is no value, or a value that has no place in an order. */
  readonly extremes: Extremes | undefined;
}

/** The column must have no nulls, and be no list. */
export function encodeValues(column: Column): EncodedValues {
  switch (column.type) {
    case 'text':
      return encodeEntries(column, packTexts);
    case 'bytes':
      return encodeEntries(column, packHex);
    case 'boolean':
      return { values: packBits(column.values as ArrayLike<number>), extremes: extremesOf(column) };
    case 'int32':
    case 'uint32':
      return encodeIntegers(column);
    default:
      return { values: memoryOf(column.values), extremes: extremesOf(column) };
  }
}

function encodeIntegers(column: Column): EncodedValues {
  const values = column.values as Codes;
  const interned = internIntegers(values);
  const extremes = extremesOf(column);
  if (interned === undefined) return { values: memoryOf(values), extremes };
  const distinct = Int32Array.from(interned.distinct);
  return {
    dictionary: { bytes: memoryOf(distinct), count: distinct.length },
    values: codesPage(interned),
    extremes,
  };
}

function encodeEntries(
  { values, dictionary }: Column,
  pack: (dictionary: readonly string[]) => PackedEntries,
): EncodedValues {
  const used = usedCodes(values as Codes, dictionary.length);
  const entries = pack(Array.from(used.distinct, (code) => dictionary[code] ?? ''));
  const extremes = entryExtremes(entries);
  const entryBytes = withLengths(entries);
  const codes = codesPage(used);
  if (used.distinct.length <= maxDictionary && entryBytes.length + codes.length < plainSize(used, entries)) {
    return { dictionary: { bytes: entryBytes, count: used.distinct.length }, values: codes, extremes };
  }
  return { values: plainEntries(used, entries), extremes };
}

/** What `hybrid` can pack, and more than is good for any reader. */
const maxDictionary = 1 << 20;

/** The width of the codes, then the codes. */
function codesPage({ codes, distinct }: Interned): Uint8Array {
  const width = Math.max(1, bitWidthOf(distinct.length - 1));
  if (width > 20) return new Uint8Array(0);
  return joinBytes([Uint8Array.of(width), hybrid(codes, width)]);
}

function plainSize({ codes }: Interned, { offsets }: PackedEntries): number {
  let size = codes.length * 4;
  for (const code of codes) size += (offsets[code + 1] ?? 0) - (offsets[code] ?? 0);
  return size;
}

/** Each entry after its length. */
function withLengths(entries: PackedEntries): Uint8Array {
  return plainEntries({ codes: Uint32Array.from(entries.offsets.keys()).subarray(0, -1) }, entries);
}

function plainEntries(
  { codes }: { readonly codes: Uint32Array },
  { bytes, offsets }: PackedEntries,
): Uint8Array {
  let size = codes.length * 4;
  for (const code of codes) size += (offsets[code + 1] ?? 0) - (offsets[code] ?? 0);
  const plain = new Uint8Array(size);
  const view = new DataView(plain.buffer);
  let at = 0;
  for (const code of codes) {
    const start = offsets[code] ?? 0;
    const end = offsets[code + 1] ?? 0;
    view.setUint32(at, end - start, true);
    plain.set(bytes.subarray(start, end), at + 4);
    at += 4 + end - start;
  }
  return plain;
}
