import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { OddCapture } from '../src/capture/packet-walk.ts';
import { ShardFeed } from '../src/capture/shard-feed.ts';

/** The packets of each of so many shards, in files in build/, kept between runs; none where they cannot be parted. */
export function shardFiles(capture: string, count: number): string[] {
  try {
    return written(capture, count);
  } catch (error) {
    if (error instanceof OddCapture) return [];
    throw error;
  }
}

function written(capture: string, count: number): string[] {
  // Another capture of the same name has files of its own.
  const { size, mtimeMs } = statSync(capture);
  const name = `${basename(capture)}.${size}-${Math.round(mtimeMs).toString(36)}`;
  return Array.from({ length: count }, (_, index) => {
    const path = join('build/bench', `${name}.${index + 1}-of-${count}`);
    if (!existsSync(path)) write(capture, { kind: 'flows', index, count }, path);
    return path;
  });
}

function write(capture: string, share: { kind: 'flows'; index: number; count: number }, path: string): void {
  const unfinished = `${path}.unfinished`;
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(unfinished, 'w');
  const feed = new ShardFeed(capture, share, { onNumbers: () => undefined });
  try {
    feed.feed(file);
  } finally {
    feed.close();
    closeSync(file);
  }
  renameSync(unfinished, path);
}
