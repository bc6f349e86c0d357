import { gzipSync } from 'node:zlib';
import { snappyBlock } from '../snappy.ts';
import type { Compression } from './format.ts';

/** One page, compressed. */
export function compress(bytes: Uint8Array, compression: Compression): Uint8Array {
  switch (compression) {
    case 'none':
      return bytes;
    case 'snappy':
      return snappyBlock(bytes);
    case 'gzip':
      return gzipSync(bytes);
  }
}
