import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { RttsharkError } from '../errors.ts';
import { errorText, noteText } from './messages.ts';
import { terminalOf, type Terminal } from './terminal.ts';

/** Where the command writes: results to standard output, everything else to standard error. */
export class Console {
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  #outputClosed = false;
  #onMessage: (() => void) | undefined;

  constructor() {
    this.stdout = terminalOf(process.stdout, process.env, process.platform);
    this.stderr = terminalOf(process.stderr, process.env, process.platform);
    // A reader that has seen enough (`| head`) closes its end; that is no failure.
    process.stdout.on('error', () => {
      this.#outputClosed = true;
    });
    process.stderr.on('error', () => undefined);
  }

  /** Writes a result; waits until the reader has room for more. */
  async result(text: string): Promise<void> {
    if (!this.#outputClosed) await writeAll(process.stdout, text);
  }

  note(text: string): void {
    this.#message(noteText(text, this.stderr));
  }

  error(error: RttsharkError): void {
    this.#message(errorText(error, this.stderr));
  }

  /** Writes to standard error as it is, for a line that changes in place. */
  raw(text: string): void {
    process.stderr.write(text);
  }

  /** Called before each message: clears away what stands on its line. */
  beforeMessage(clear: (() => void) | undefined): void {
    this.#onMessage = clear;
  }

  #message(text: string): void {
    this.#onMessage?.();
    process.stderr.write(text);
  }
}

async function writeAll(stream: Writable, text: string): Promise<void> {
  if (stream.write(text)) return;
  await Promise.race([once(stream, 'drain'), once(stream, 'close'), once(stream, 'error')]).catch(
    () => undefined,
  );
}
