import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, basename } from 'node:path';
import { RttsharkError } from '../errors.ts';

/**
 * Writes a file whole or not at all: beside its place first, then renamed into it.
 *
 * @throws RttsharkError `usage` where the folder cannot be written to
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  const unfinished = join(dirname(file), `.${basename(file)}.${process.pid}`);
  try {
    await writeFile(unfinished, text);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw new RttsharkError('usage', `The file "${file}" cannot be written.`, {
      detail: error instanceof Error ? error.message : undefined,
    });
  }
}
