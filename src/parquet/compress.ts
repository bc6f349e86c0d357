import { gzipSync } from 'node:zlib';
import { snappyBlocks } from '../snappy.ts';
import type { Compression } from './format.ts';

/** Makes a page smaller. */
export type Compress = (bytes: Uint8Array) => Uint8Array;

/** For one file: what is made of a page may depend on those before it. */
export function compressorOf(compression: Compression): Compress {
  switch (compression) {
    case 'none':
      return (bytes) => bytes;
    case 'snappy':
      return snappyBlocks();
    case 'gzip':
      return (bytes) => gzipSync(bytes);
  }
}
