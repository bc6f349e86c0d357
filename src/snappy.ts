import { snappyCompressor, snappyUncompressor } from 'hysnappy';

let compressor: ((bytes: Uint8Array) => Uint8Array) | undefined;
let uncompressor: ((bytes: Uint8Array, length: number) => Uint8Array) | undefined;

/** Bytes in snappy's block format, which has no frames and no checksum. */
export function snappyBlock(bytes: Uint8Array): Uint8Array {
  // One for all: each has memory of its own, which stays as large as what it was given at most.
  compressor ??= snappyCompressor();
  return compressor(bytes);
}

/**
 * A compressor of its own. What it makes of bytes depends on those that it was given before, though any reader reads
 * it: the same bytes in the same order are the same blocks.
 */
export function snappyBlocks(): (bytes: Uint8Array) => Uint8Array {
  return snappyCompressor();
}

/** What a block was made of; so many bytes. */
export function fromSnappyBlock(bytes: Uint8Array, length: number): Uint8Array {
  uncompressor ??= snappyUncompressor();
  return uncompressor(bytes, length);
}
