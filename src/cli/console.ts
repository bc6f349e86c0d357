import type { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { RttsharkError } from '../errors.ts';
import { errorText, noteText } from './messages.ts';
import { terminalOf, type Terminal } from './terminal.ts';

/** How long a result is written before other work has its turn. */
const sliceMs = 10;

/** Where the command writes: results to standard output, everything else to standard error. */
export class Console {
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  #outputClosed = false;
  #explain: (error: RttsharkError) => readonly string[] = () => [];
  #onMessage: (() => void) | undefined;

  constructor() {
    this.stdout = terminalOf(process.stdout, process.env, process.platform);
    this.stderr = terminalOf(process.stderr, process.env, process.platform);
    // Without a listener an error would end the process; what it means is told to whoever writes.
    process.stdout.on('error', () => undefined);
    process.stderr.on('error', () => undefined);
  }

  /**
   * Writes a result, whole or in chunks between which other work has its turn; waits until the reader has taken it. A
   * reader that has seen enough (`| head`) closes its end; that is no failure.
   *
   * @throws RttsharkError `usage` where it cannot be written, as to a disk that is full
   */
  async result(text: string | Iterable<string>): Promise<void> {
    let sliceEnd = performance.now() + sliceMs;
    for (const chunk of typeof text === 'string' ? [text] : text) {
      await this.#result(chunk);
      if (this.#outputClosed) return;
      // What is written to a file is written at once, and nobody else has had a turn.
      if (performance.now() < sliceEnd) continue;
      await setImmediate();
      sliceEnd = performance.now() + sliceMs;
    }
  }

  /** Writes bytes of a result, as {@link result} does text. */
  async resultBytes(bytes: Uint8Array): Promise<void> {
    await this.#result(bytes);
  }

  async #result(chunk: string | Uint8Array): Promise<void> {
    const error = this.#outputClosed ? null : await writeAll(process.stdout, chunk);
    if (error === null) return;
    if (error.code !== 'EPIPE') {
      throw new RttsharkError('usage', 'The results cannot be written to standard output.', {
        detail: error.message,
      });
    }
    this.#outputClosed = true;
  }

  /** Whether the reader of standard output has closed its end. */
  get outputClosed(): boolean {
    return this.#outputClosed;
  }

  note(text: string): void {
    this.line(noteText(text, this.stderr));
  }

  error(error: RttsharkError): void {
    this.line(errorText(error, this.stderr, this.#explain(error)));
  }

  /** Writes whole lines to standard error, as a message. */
  line(text: string): void {
    this.#onMessage?.();
    process.stderr.write(text);
  }

  /** Writes to standard error as it is, for a line that changes in place. */
  raw(text: string): void {
    process.stderr.write(text);
  }

  /** Asked for each error what else there is to say of it, in lines: where the values come from that it speaks of. */
  explainErrors(explain: (error: RttsharkError) => readonly string[]): void {
    this.#explain = explain;
  }

  /** Called before each message: clears away what stands on its line. */
  beforeMessage(clear: (() => void) | undefined): void {
    this.#onMessage = clear;
  }
}

function writeAll(stream: Writable, chunk: string | Uint8Array): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    stream.write(chunk, (error) => {
      resolve(error ?? null);
    });
  });
}
