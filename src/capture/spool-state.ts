import { readSync } from 'node:fs';
import type { ReadBytes } from './packet-walk.ts';

/** A file that is still being written, for threads that read it: a descriptor is the whole process's. */
export interface Spool {
  readonly file: number;
  /** What {@link SpoolState} tells. */
  readonly shared: SharedArrayBuffer;
}

const changes = 0;
const ended = 1;

/** How far a spool has been written, shared between who writes and who reads. */
export class SpoolState {
  readonly shared: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #bytes: BigInt64Array;

  constructor(shared = new SharedArrayBuffer(16)) {
    this.shared = shared;
    this.#words = new Int32Array(shared, 0, 2);
    this.#bytes = new BigInt64Array(shared, 8, 1);
  }

  /** Bytes that have been written. */
  get bytes(): number {
    return Number(Atomics.load(this.#bytes, 0));
  }

  get isEnded(): boolean {
    return Atomics.load(this.#words, ended) === 1;
  }

  grow(bytes: number): void {
    Atomics.add(this.#bytes, 0, BigInt(bytes));
    this.wake();
  }

  end(): void {
    Atomics.store(this.#words, ended, 1);
    this.wake();
  }

  /** Has those who wait look again. */
  wake(): void {
    Atomics.add(this.#words, changes, 1);
    Atomics.notify(this.#words, changes);
  }

  /** Changes whenever there is something new to look at. */
  get turn(): number {
    return Atomics.load(this.#words, changes);
  }

  /** Blocks until there is something that came after `turn` was read. */
  wait(turn: number): void {
    Atomics.wait(this.#words, changes, turn);
  }
}

/**
 * Reads a spool as a file is read, but waits at what is its end so far. For a thread of its own.
 *
 * @param isFreed - whether nobody wants any more what is read; is looked at when {@link SpoolState.wake} is called
 */
export function readSpool({ file, shared }: Spool, isFreed: () => boolean): ReadBytes {
  const state = new SpoolState(shared);
  return (into, at, length, offset) => {
    for (;;) {
      // In this order: what comes after it was looked is not slept through, and the end is behind all bytes.
      const { turn, isEnded, bytes } = state;
      if (bytes > offset) return readSync(file, into, at, Math.min(length, bytes - offset), offset);
      if (isEnded) return 0;
      if (isFreed()) throw Object.assign(new Error('Nobody reads it any more.'), { code: 'EPIPE' });
      state.wait(turn);
    }
  };
}
