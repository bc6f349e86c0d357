import type { Codes } from './storage-kind.ts';

/**
 * Writes the elements at the given rows, in that order, to the front of another array of their class; zero for
 * rows that are not there.
 *
 * Elements are copied as what their bytes are, by a loop for each of their sizes: each of those sees arrays of one class
 * only, and 64-bit integers never become objects on their way.
 */
export function gatherInto(target: ArrayBufferView, values: ArrayBufferView, rows: Codes): void {
  const size = rows.length === 0 ? 1 : target.byteLength / rows.length;
  if (size === 1) gatherBytes(bytesOf(target), bytesOf(values), rows);
  else if (size === 4) gatherWords(wordsOf(target), wordsOf(values), rows);
  else gatherPairs(wordsOf(target), wordsOf(values), rows);
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function wordsOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint32Array {
  return new Uint32Array(buffer, byteOffset, byteLength / 4);
}

function gatherBytes(target: Uint8Array, values: Uint8Array, rows: Codes): void {
  for (let i = 0; i < rows.length; i++) target[i] = values[rows[i] ?? 0] ?? 0;
}

function gatherWords(target: Uint32Array, values: Uint32Array, rows: Codes): void {
  for (let i = 0; i < rows.length; i++) target[i] = values[rows[i] ?? 0] ?? 0;
}

function gatherPairs(target: Uint32Array, values: Uint32Array, rows: Codes): void {
  for (let i = 0, at = 0; i < rows.length; i++, at += 2) {
    const from = (rows[i] ?? 0) * 2;
    target[at] = values[from] ?? 0;
    target[at + 1] = values[from + 1] ?? 0;
  }
}
