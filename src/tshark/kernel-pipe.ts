import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { RttsharkError } from '../errors.ts';
import { runTool } from './run-tool.ts';

/** Both ends of a pipe, as file descriptors to give to subprocesses. */
export interface KernelPipe {
  readonly readEnd: number;
  readonly writeEnd: number;
}

/** The FIFOs that are asked for at the same time: one program makes them all. */
class PipeBatch {
  #asked = 0;
  #left = 0;
  readonly #folder: Promise<string>;

  constructor(onClosed: () => void) {
    this.#folder = (async () => {
      await setImmediate();
      onClosed();
      return await this.#make();
    })();
  }

  async open(): Promise<KernelPipe> {
    const at = this.#asked++;
    this.#left += 1;
    const folder = await this.#folder;
    try {
      return openBothEnds(pipeIn(folder, at));
    } finally {
      this.#left -= 1;
      if (this.#left === 0) rmSync(folder, { recursive: true, force: true });
    }
  }

  async #make(): Promise<string> {
    const folder = temporaryFolder();
    const paths = Array.from({ length: this.#asked }, (_, at) => pipeIn(folder, at));
    const made = await runTool('mkfifo', ['-m', '600', ...paths]);
    if (made.exitCode === 0) return folder;
    rmSync(folder, { recursive: true, force: true });
    throw noPipe(folder, made.stderr || (made.spawnError ?? ''));
  }
}

let batch: PipeBatch | undefined;

/**
 * A real pipe between two subprocesses. The standard streams that Node gives a child are sockets, which tshark
 * refuses to read. A FIFO is made, both of its ends are opened, and it is removed before anybody uses it, so
 * that nothing is left behind whatever happens. Whoever asks must close both ends once the children hold them.
 *
 * @throws RttsharkError `capture_failed` where the system makes no FIFO
 */
export async function openKernelPipe(): Promise<KernelPipe> {
  batch ??= new PipeBatch(() => {
    batch = undefined;
  });
  return await batch.open();
}

function pipeIn(folder: string, at: number): string {
  return join(folder, `pipe-${at}`);
}

function temporaryFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'rttshark-'));
  } catch (error) {
    throw noPipe(tmpdir(), error instanceof Error ? error.message : '');
  }
}

function openBothEnds(path: string): KernelPipe {
  // Opening one end alone would wait for the other; an end that is both waits for nobody.
  const both = openSync(path, constants.O_RDWR);
  try {
    return { readEnd: openSync(path, constants.O_RDONLY), writeEnd: openSync(path, constants.O_WRONLY) };
  } finally {
    closeSync(both);
  }
}

function noPipe(folder: string, detail: string): RttsharkError {
  return new RttsharkError('capture_failed', `A pipe could not be made in "${folder}".`, {
    detail,
    hint:
      process.platform === 'win32'
        ? 'Windows has no named pipes that tshark reads: name capture files, one by one.'
        : 'Name another folder for temporary files with the variable TMPDIR.',
  });
}

export function closePipe({ readEnd, writeEnd }: KernelPipe): void {
  closeSync(readEnd);
  closeSync(writeEnd);
}
