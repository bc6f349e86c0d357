import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';

/**
 * How far a process has read its input files: Linux tells the offset of each open file in /proc. Elsewhere, and
 * once the process is gone, the last that was known.
 */
export class ReadPosition {
  readonly #folder: string;
  readonly #wanted: ReadonlySet<string>;
  #descriptors: string[] = [];
  #bytes: number | undefined;

  /** @param paths - the files; their offsets are added up */
  constructor(pid: number, paths: readonly string[]) {
    this.#folder = `/proc/${pid}`;
    this.#wanted = new Set(paths.map(realPath));
  }

  /** Bytes read so far over all files, compressed ones as they are on disk; undefined where nobody can tell. */
  bytes(): number | undefined {
    try {
      if (this.#descriptors.length < this.#wanted.size) this.#descriptors = this.#find();
      if (this.#descriptors.length === 0) return this.#bytes;
      this.#bytes = this.#descriptors.reduce((sum, descriptor) => sum + this.#offset(descriptor), 0);
    } catch {
      // The process has ended, or this is not Linux.
    }
    return this.#bytes;
  }

  #find(): string[] {
    return readdirSync(`${this.#folder}/fd`).filter((name) => {
      try {
        return this.#wanted.has(readlinkSync(`${this.#folder}/fd/${name}`));
      } catch {
        return false;
      }
    });
  }

  #offset(descriptor: string): number {
    const info = readFileSync(`${this.#folder}/fdinfo/${descriptor}`, 'utf8');
    return Number(/^pos:\s*(\d+)/m.exec(info)?.[1] ?? 0);
  }
}

/** A file that is gone by now has no position either. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
