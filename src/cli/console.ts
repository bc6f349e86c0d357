import type { Writable } from 'node:stream';
import { RttsharkError } from '../errors.ts';
import { errorText, noteText } from './messages.ts';
import { terminalOf, type Terminal } from './terminal.ts';

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
   * Writes a result; waits until the reader has taken it. A reader that has seen enough (`| head`) closes its end;
   * that is no failure.
   *
   * @throws RttsharkError `usage` where it cannot be written, as to a disk that is full
   */
  async result(text: string): Promise<void> {
    const error = this.#outputClosed ? null : await writeAll(process.stdout, text);
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

function writeAll(stream: Writable, text: string): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    stream.write(text, (error) => {
      resolve(error ?? null);
    });
  });
}
