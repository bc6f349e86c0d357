/** One bit for each byte that is 0 or 1, the first one in the lowest bit. */
export function packBits(flags: ArrayLike<number>): Uint8Array {
  const { length } = flags;
  const bits = new Uint8Array(Math.ceil(length / 8));
  const whole = length & ~7;
  for (let at = 0; at < whole; at += 8) {
    bits[at >> 3] =
      (flags[at] ?? 0) |
      ((flags[at + 1] ?? 0) << 1) |
      ((flags[at + 2] ?? 0) << 2) |
      ((flags[at + 3] ?? 0) << 3) |
      ((flags[at + 4] ?? 0) << 4) |
      ((flags[at + 5] ?? 0) << 5) |
      ((flags[at + 6] ?? 0) << 6) |
      ((flags[at + 7] ?? 0) << 7);
  }
  for (let at = whole; at < length; at++)
    bits[at >> 3] = (bits[at >> 3] ?? 0) | ((flags[at] ?? 0) << (at & 7));
  return bits;
}

/** One byte of 0 or 1 for each of the first bits. */
export function unpackBits(bits: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const flags = new Uint8Array(length);
  for (let at = 0; at < length; at++) flags[at] = ((bits[at >> 3] ?? 0) >> (at & 7)) & 1;
  return flags;
}
