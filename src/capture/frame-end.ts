import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { FrameVerdict, FrameWalk } from './frame-walk.ts';
import { lz4Frames } from './lz4-frames.ts';
import { zstdFrames } from './zstd-frames.ts';

/**
 * The walk for a file that begins with these bytes; null for a format whose end tshark judges by itself, gzip among
 * them.
 */
export function frameWalkFor(start: Uint8Array): FrameWalk | null {
  const magic = Buffer.from(start.subarray(0, 4)).toString('hex');
  if (magic === '28b52ffd') return zstdFrames();
  if (magic === '04224d18') return lz4Frames();
  return null;
}

/**
 * Whether a compressed file ends within a frame. tshark reads what it can of such a file and says nothing of it,
 * whatever its version.
 *
 * @param file - a path, or a file descriptor, which stays open and where it was
 * @returns false for other formats, and wherever it cannot be told
 */
export function endsWithinFrame(file: string | number): boolean {
  try {
    // Opening a pipe waits for somebody to write to it.
    if (typeof file === 'string' && !statSync(file).isFile()) return false;
    const descriptor = typeof file === 'number' ? file : openSync(file, 'r');
    try {
      return walkFile(descriptor) === 'cut';
    } finally {
      if (typeof file !== 'number') closeSync(descriptor);
    }
  } catch {
    return false;
  }
}

function walkFile(descriptor: number): FrameVerdict {
  const { size } = fstatSync(descriptor);
  const read = (position: number, length: number) => {
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, length, position));
  };
  const walk = frameWalkFor(read(0, 4));
  if (walk === null) return 'unknown';
  let position = 0;
  let next = walk.next();
  while (next.done !== true) {
    const { skip, take, mayEnd = false } = next.value;
    position += skip;
    if (position > size) return 'cut';
    const bytes = read(position, take);
    if (bytes.length < take && !mayEnd) return 'cut';
    position += take;
    next = walk.next(bytes);
  }
  return next.value;
}
