/** Bytes as a stream gives them, in pieces that end at these offsets. */
export async function* piecesOf(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const ends = [...new Set([...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length])];
  let start = 0;
  for (const end of ends.sort((a, b) => a - b)) {
    await Promise.resolve();
    if (end > start) yield bytes.subarray(start, end);
    start = end;
  }
}
