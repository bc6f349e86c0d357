import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OddCapture } from '../src/capture/packet-walk.ts';
import { ShardFeed } from '../src/capture/shard-feed.ts';

/** The packets of each of so many shards, in files in build/, kept between runs; none where they cannot be parted. */
export async function shardFiles(capture: string, count: number): Promise<string[]> {
  try {
    return await written(capture, count);
  } catch (error) {
    if (error instanceof OddCapture) return [];
    throw error;
  }
}

async function written(capture: string, count: number): Promise<string[]> {
  // Another capture of the same name has files of its own.
  const { size, mtimeMs } = statSync(capture);
  const name = `${basename(capture)}.${size}-${Math.round(mtimeMs).toString(36)}`;
  const paths = Array.from({ length: count }, (_, index) =>
    join('build/bench', `${name}.${index + 1}-of-${count}`),
  );
  for (const [index, path] of paths.entries())
    if (!existsSync(path)) await write(capture, { kind: 'flows', index, count }, path);
  return paths;
}

async function write(
  capture: string,
  share: { kind: 'flows'; index: number; count: number },
  path: string,
): Promise<void> {
  const unfinished = `${path}.unfinished`;
  mkdirSync(dirname(path), { recursive: true });
  const file = await open(unfinished, 'w');
  const feed = new ShardFeed(capture, share, { onNumbers: () => undefined });
  try {
    await feed.feed({ write: (bytes) => file.writeFile(bytes) });
  } finally {
    feed.close();
    await file.close();
  }
  renameSync(unfinished, path);
}
