import { part } from './read-messages.ts';

/** So many 64-bit integers, in memory of their own. */
export function longs(bytes: Uint8Array, length: number): BigInt64Array<ArrayBuffer> {
  return new BigInt64Array(part(bytes, 0, length * 8).slice().buffer);
}

/** So many floats of 64 bits, or of 32. */
export function floats(bytes: Uint8Array, length: number, double: boolean): Float64Array<ArrayBuffer> {
  if (double) return new Float64Array(part(bytes, 0, length * 8).slice().buffer);
  return Float64Array.from(new Float32Array(part(bytes, 0, length * 4).slice().buffer));
}

/** So many integers of up to 32 bits. */
export function integers(
  bytes: Uint8Array,
  length: number,
  bits: number,
  signed: boolean,
): ArrayLike<number> {
  const { buffer } = part(bytes, 0, (length * bits) / 8).slice();
  if (bits === 8) return signed ? new Int8Array(buffer) : new Uint8Array(buffer);
  if (bits === 16) return signed ? new Int16Array(buffer) : new Uint16Array(buffer);
  return signed ? new Int32Array(buffer) : new Uint32Array(buffer);
}

/** Undefined where one does not fit; null rows may hold anything and become 0. */
export function asNanoseconds(
  values: BigInt64Array<ArrayBuffer>,
  unit: bigint,
  validity: Uint8Array | undefined,
): BigInt64Array<ArrayBuffer> | undefined {
  if (unit === 1n) return values;
  const scaled = new BigInt64Array(values.length);
  for (const [row, value] of values.entries()) {
    if (validity?.[row] === 0) continue;
    const nanoseconds = value * unit;
    if (BigInt.asIntN(64, nanoseconds) !== nanoseconds) return undefined;
    scaled[row] = nanoseconds;
  }
  return scaled;
}
