import { putVarint } from './compact-writer.ts';

/** So many bits tell numbers up to that one apart. */
export function bitWidthOf(largest: number): number {
  return largest === 0 ? 0 : 32 - Math.clz32(largest);
}

/**
 * Small numbers in Parquet's hybrid of run lengths and packed bits: one run where all are the same, else all of them
 * packed. Shorter runs are left to the compression that follows.
 *
 * @param width - bits of each, at most 24
 */
export function hybrid(values: ArrayLike<number>, width: number): Uint8Array {
  const { length } = values;
  const first = values[0] ?? 0;
  let at = 1;
  while (at < length && values[at] === first) at++;
  if (at >= length) return run(length, first, width);
  const groups = Math.ceil(length / 8);
  const header: number[] = [];
  putVarint(header, groups * 2 + 1);
  const bytes = new Uint8Array(header.length + groups * width);
  bytes.set(header);
  packInto(bytes, header.length, values, width);
  return bytes;
}

/** So many times one number. */
export function run(length: number, value: number, width: number): Uint8Array {
  if (length === 0) return new Uint8Array(0);
  const bytes: number[] = [];
  putVarint(bytes, length * 2);
  for (let bits = 0; bits < width; bits += 8) bytes.push((value >>> bits) & 0xff);
  return Uint8Array.from(bytes);
}

function packInto(bytes: Uint8Array, start: number, values: ArrayLike<number>, width: number): void {
  let to = start;
  let pending = 0;
  let bits = 0;
  const { length } = values;
  for (let at = 0; at < length; at++) {
    pending |= (values[at] ?? 0) << bits;
    bits += width;
    while (bits >= 8) {
      bytes[to++] = pending & 0xff;
      pending >>>= 8;
      bits -= 8;
    }
  }
  if (bits > 0) bytes[to] = pending & 0xff;
}
