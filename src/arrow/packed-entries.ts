/** The entries of a dictionary as bytes, one after the other; entry `i` ends where entry `i + 1` begins. */
export interface PackedEntries {
  readonly bytes: Uint8Array;
  /** One more than there are entries. */
  readonly offsets: Uint32Array;
}

const encoder = new TextEncoder();

/** Entries as UTF-8. What is no Unicode, half of a surrogate pair, becomes U+FFFD. */
export function packTexts(dictionary: readonly string[]): PackedEntries {
  const offsets = new Uint32Array(dictionary.length + 1);
  // A code unit takes three bytes at most.
  let bytes = new Uint8Array(Math.max(64, dictionary.length * 16));
  let length = 0;
  for (const [at, text] of dictionary.entries()) {
    bytes = withRoom(bytes, length, text.length * 3);
    length += encoder.encodeInto(text, bytes.subarray(length)).written;
    offsets[at + 1] = length;
  }
  return { bytes: bytes.subarray(0, length), offsets };
}

/** Entries of hexadecimal digits as the bytes that they stand for. */
export function packHex(dictionary: readonly string[]): PackedEntries {
  const offsets = new Uint32Array(dictionary.length + 1);
  for (const [at, digits] of dictionary.entries()) offsets[at + 1] = (offsets[at] ?? 0) + digits.length / 2;
  return { bytes: Buffer.from(dictionary.join(''), 'hex'), offsets };
}

function withRoom(bytes: Uint8Array<ArrayBuffer>, length: number, more: number): Uint8Array<ArrayBuffer> {
  if (bytes.length - length >= more) return bytes;
  const grown = new Uint8Array(Math.max(bytes.length * 2, length + more));
  grown.set(bytes.subarray(0, length));
  return grown;
}
