import { randomUUID } from 'node:crypto';
import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { unwritable } from './unwritable.ts';

/**
 * Writes a file whole or not at all: beside its place first, then renamed into it. Where a link leads to it, the file
 * is replaced and the link stays; what is no file (a pipe, `/dev/stdout`) is written to as it is.
 *
 * @throws RttsharkError `usage` where it cannot be written
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  try {
    const existing = await stat(file).catch(() => null);
    if (existing === null) await writeBeside(file, text, 0o666);
    else if (existing.isFile()) await writeBeside(await realpath(file), text, existing.mode & 0o777);
    else await writeFile(file, text);
  } catch (error) {
    throw unwritable(file, error);
  }
}

async function writeBeside(file: string, text: string, mode: number): Promise<void> {
  const unfinished = join(dirname(file), `.${basename(file)}.${randomUUID()}`);
  try {
    await writeFile(unfinished, text, { flag: 'wx', mode });
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
