import { Socket } from 'node:net';

/** Where bytes are written to; resolves when they may be overwritten. */
export interface ByteSink {
  /** @throws system errors: EPIPE where the reader of a pipe is gone */
  readonly write: (bytes: Uint8Array) => Promise<void>;
}

/** Writes into a pipe, and leaves the thread to others while the pipe is full. */
export class PipeWriter implements ByteSink {
  readonly #socket: Socket;

  /** @param pipe - the descriptor of the end to write to, which is this one's from then on */
  constructor(pipe: number) {
    this.#socket = new Socket({ fd: pipe, readable: false, writable: true });
    // Who writes is told.
    this.#socket.on('error', () => undefined);
  }

  async write(bytes: Uint8Array): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#socket.write(bytes, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  /** Resolves when the end is closed. */
  async close(): Promise<void> {
    if (this.#socket.closed) return;
    await new Promise<void>((resolve) => {
      this.#socket.once('close', () => {
        resolve();
      });
      this.#socket.destroy();
    });
  }
}
