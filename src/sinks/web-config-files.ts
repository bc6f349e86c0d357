/** The files that a web config is made of, and whether one has changed. */

import { readFile, stat } from 'node:fs/promises';
import { RttsharkError } from '../errors.ts';

/** Changes with the file. */
export interface FileStamp {
  readonly file: string;
  readonly stamp: string;
}

const mostBytes = 1_048_576;

/** What a file is like now; also tells of one that is missing. */
export async function stampOf(file: string): Promise<FileStamp> {
  try {
    const { mtimeNs, ctimeNs, size, ino } = await stat(file, { bigint: true });
    return { file, stamp: [mtimeNs, ctimeNs, size, ino].join(' ') };
  } catch (error) {
    return { file, stamp: error instanceof Error && 'code' in error ? String(error.code) : 'unknown' };
  }
}

/** Reads files and remembers what they were like just before. */
export class StampedFiles {
  readonly #stamps = new Map<string, FileStamp>();

  /**
   * @param what - what the file is, for messages
   * @throws RttsharkError `usage` for a file that cannot be read or is no small file
   */
  async read(file: string, what: string): Promise<string> {
    this.#stamps.set(file, await stampOf(file));
    try {
      const info = await stat(file);
      if (!info.isFile() || info.size > mostBytes) {
        throw new RttsharkError('usage', `The ${what} "${file}" is no file of at most 1 MiB.`);
      }
      return await readFile(file, 'utf8');
    } catch (error) {
      if (error instanceof RttsharkError) throw error;
      throw new RttsharkError('usage', `The ${what} "${file}" cannot be read.`, {
        detail: error instanceof Error ? error.message : undefined,
        hint: 'Check the path and the permissions.',
      });
    }
  }

  get stamps(): FileStamp[] {
    return [...this.#stamps.values()];
  }
}
