/** Changes of a web config file and its certificates, taken up when they are next needed. */

import { RttsharkError } from '../errors.ts';
import { StampedFiles, stampOf, type FileStamp } from './web-config-files.ts';
import { readWebConfigWith, type WebConfig } from './web-config.ts';

/** Looks at the files again whenever it is asked, which costs one `stat` each. */
export class WebConfigWatch {
  #config: WebConfig;
  /** What was read last, whether it was good or not. */
  #seen: readonly FileStamp[];
  #look: Promise<WebConfig> | undefined;
  readonly #onWarning: (message: string) => void;

  /** @param onWarning - told, once for each change, of files that cannot be used; the last good ones stay in force */
  constructor(config: WebConfig, onWarning: (message: string) => void) {
    this.#config = config;
    this.#seen = config.stamps;
    this.#onWarning = onWarning;
  }

  /** The config in force. Never rejects. */
  current(): Promise<WebConfig> {
    return (this.#look ??= this.#lookAgain().finally(() => (this.#look = undefined)));
  }

  async #lookAgain(): Promise<WebConfig> {
    if (!(await hasChanged(this.#seen))) return this.#config;
    const files = new StampedFiles();
    try {
      const config = await readWebConfigWith(files, this.#config.file);
      if ((config.tls === undefined) !== (this.#config.tls === undefined)) {
        throw new RttsharkError(
          'usage',
          `The web config file "${config.file}" ${config.tls ? 'turns TLS on' : 'turns TLS off'}, which needs a restart.`,
        );
      }
      this.#config = config;
      this.#seen = files.stamps;
    } catch (error) {
      // Files that were not come to are looked at too, or a mended one would go unnoticed.
      this.#seen = await withOthers(files.stamps, this.#seen);
      const words = error instanceof Error ? error.message : 'The web config cannot be read.';
      this.#onWarning(`${words} The one before stays in force.`);
    }
    return this.#config;
  }
}

async function hasChanged(seen: readonly FileStamp[]): Promise<boolean> {
  const now = await Promise.all(seen.map(({ file }) => stampOf(file)));
  return now.some(({ stamp }, index) => stamp !== seen[index]?.stamp);
}

async function withOthers(stamps: readonly FileStamp[], before: readonly FileStamp[]): Promise<FileStamp[]> {
  const known = new Set(stamps.map(({ file }) => file));
  const others = before.filter(({ file }) => !known.has(file));
  return [...stamps, ...(await Promise.all(others.map(({ file }) => stampOf(file))))];
}
