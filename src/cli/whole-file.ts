import { randomUUID } from 'node:crypto';
import { open, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ByteOutput } from './byte-output.ts';
import { removedUnlessRenamed, type Removal } from './removed-unless-renamed.ts';
import { unwritable } from './unwritable.ts';

/**
 * A file that is written piece by piece, and is there whole or not at all: beside its place first, then renamed into it.
 * Where a link leads to it, the file is replaced and the link stays; what is no file (a pipe, `/dev/stdout`) is written
 * to as it is.
 *
 * @throws RttsharkError `usage` where it cannot be written, also while writing
 */
export async function openWhole(file: string): Promise<ByteOutput> {
  return await orUnwritable(file, async () => {
    const existing = await stat(file).catch(() => null);
    if (existing?.isFile() === false) return new OpenFile(file, await open(file, 'w'), null, null);
    const target = existing === null ? file : await realpath(file);
    const unfinished = join(dirname(target), `.${basename(target)}.${randomUUID()}`);
    const mode = existing === null ? 0o666 : existing.mode & 0o777;
    const removal = removedUnlessRenamed(unfinished);
    try {
      return new OpenFile(file, await open(unfinished, 'wx', mode), { unfinished, target }, removal);
    } catch (error) {
      removal.done();
      throw error;
    }
  });
}

interface Places {
  readonly unfinished: string;
  readonly target: string;
}

class OpenFile implements ByteOutput {
  readonly #name: string;
  readonly #handle: FileHandle;
  readonly #places: Places | null;
  readonly #removal: Removal | null;
  #isOpen = true;
  #isClosed = false;

  /** @param places - null for what is written to as it is */
  constructor(name: string, handle: FileHandle, places: Places | null, removal: Removal | null) {
    this.#name = name;
    this.#handle = handle;
    this.#places = places;
    this.#removal = removal;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#isClosed) return;
    await orUnwritable(this.#name, async () => {
      try {
        await this.#handle.appendFile(bytes);
      } catch (error) {
        // Whoever reads from a pipe may have seen enough.
        if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
        this.#isClosed = true;
      }
    });
  }

  async finish(): Promise<void> {
    await orUnwritable(this.#name, async () => {
      await this.#close();
      if (this.#places !== null) await rename(this.#places.unfinished, this.#places.target);
      this.#removal?.done();
    });
  }

  async discard(): Promise<void> {
    await this.#close();
    if (this.#places !== null) await rm(this.#places.unfinished, { force: true });
    this.#removal?.done();
  }

  async #close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#handle.close();
  }
}

/** @throws RttsharkError `usage` in place of what the system says */
async function orUnwritable<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw unwritable(file, error);
  }
}
