import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../support/deadline.ts';
import { descendants } from '../support/processes.ts';

/** What this process holds at one moment. */
interface Held {
  readonly processes: readonly string[];
  readonly descriptors: readonly string[];
  readonly files: readonly string[];
}

/** Looks at what a process and its children can leave behind: processes, open descriptors, temporary files. */
export interface Leftovers {
  /** From here on temporary files go to a folder of their own, and what is held now does not count. */
  begin(): void;
  /** Waits until there is nothing more than that, and fails where it does not come to it. */
  none(of: string): Promise<void>;
}

/** To be called inside of a `describe`. */
export function leftovers(): Leftovers {
  const outer = process.env['TMPDIR'];
  let folder: string | undefined;
  let then: Held = { processes: [], descriptors: [], files: [] };
  after(() => {
    if (outer === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = outer;
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });
  const held = (): Held => ({
    processes: descendants(process.pid).map(({ commandLine, state }) => `${state} ${commandLine}`),
    descriptors: openDescriptors(),
    files: folder === undefined ? [] : readdirSync(folder),
  });
  return {
    begin() {
      folder = mkdtempSync(join(tmpdir(), 'rttshark-left-'));
      process.env['TMPDIR'] = folder;
      then = held();
    },
    async none(of) {
      let now = held();
      const isNoMore = (kind: keyof Held) => now[kind].length <= then[kind].length;
      try {
        await until(`nothing was left of ${of}`, () => {
          now = held();
          return isNoMore('processes') && isNoMore('descriptors') && isNoMore('files') ? true : undefined;
        });
      } catch (error) {
        throw new Error(`Left: ${JSON.stringify(now)}. Before: ${JSON.stringify(then)}.`, { cause: error });
      }
    },
  };
}

function openDescriptors(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [`${fd} ${readlinkSync(`/proc/self/fd/${fd}`)}`];
    } catch {
      // The one of the folder itself, which is closed by now.
      return [];
    }
  });
}
