import { closeSync, read, write } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freeBytes, openSpoolFile } from './spool-file.ts';
import { SpoolState, type Spool } from './spool-state.ts';

const readFile = promisify(read);
const writeFile = promisify(write);

/** How many more bytes are written before it is looked again what is free. */
const lookBytes = 1 << 26;
const readBackBytes = 1 << 18;

/** How much of a capture is to be there before it is decided how it is read. */
export interface Beginning {
  readonly bytes: number;
  /** How long to wait for that at most, from the first bytes on. */
  readonly milliseconds: number;
}

/**
 * A capture that comes through a pipe, kept so that several threads can read it while it comes, and one process again
 * from its beginning: in memory at first, and after {@link keepInFile} in a temporary file without a name, of which
 * nothing stays behind whatever happens. Takes half of the space that is free, at most.
 */
export class InputSpool {
  readonly #input: Readable;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #state = new SpoolState();
  #file: number | undefined;
  #mostBytes: number;
  #lookAt = 0;
  /** What has come and is not in the file: before there is one, and after it was given up. */
  readonly #held: Buffer[] = [];
  #heldBytes = 0;
  #reading: Promise<void> = Promise.resolve();
  #readingBack: Promise<unknown> = Promise.resolve();
  /** Whether nothing more is to be taken from the input but by {@link stream}. */
  #isLeft = false;
  #isOver = false;
  #failure: Error | undefined;
  readonly #first = promiseToKeep<undefined>();
  readonly #givenUp = promiseToKeep<string>();

  /**
   * @param input - is destroyed in the end
   * @param mostBytes - what the file may hold at most, beside half of what is free
   */
  constructor(input: Readable, mostBytes = Infinity) {
    this.#input = input;
    this.#chunks = input[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    this.#mostBytes = mostBytes;
  }

  /** Resolves, to why, where not all that comes can be kept: one process is to read {@link stream} then. */
  get givenUp(): Promise<string> {
    return this.#givenUp.promise;
  }

  /** For threads to read, after {@link keepInFile}. */
  get spool(): Spool {
    if (this.#file === undefined) throw new Error('There is no file yet.');
    return { file: this.#file, shared: this.#state.shared };
  }

  /**
   * Waits for the beginning of the capture. To be called once.
   *
   * @param signal - ends the wait
   * @returns what is there; less than was asked for where that did not come in time, or is all
   */
  async begin({ bytes, milliseconds }: Beginning, signal: AbortSignal): Promise<Uint8Array> {
    this.#reading = this.#take(() => this.#heldBytes >= bytes);
    const over = new AbortController();
    const stopped = new Promise<void>((resolve) => {
      signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { signal: over.signal },
      );
      if (signal.aborted) resolve();
    });
    const late = this.#first.promise
      .then(() => sleep(milliseconds, undefined, { signal: over.signal }))
      .catch(() => undefined);
    await Promise.race([this.#reading, late, stopped]);
    over.abort();
    return Buffer.concat(this.#held);
  }

  /**
   * Goes on in a file, as fast as the capture comes. To be called where {@link begin} gave as much as it was asked for.
   *
   * @throws system errors where no file can be made
   */
  keepInFile(): void {
    this.#file = openSpoolFile();
    this.#reading = this.#moveAndTake();
  }

  /** All of it, from the beginning; to be called once. From now on nothing more goes into the file. */
  stream(): Readable {
    this.#isLeft = true;
    return Readable.from(this.#all(), { objectMode: false });
  }

  /** To be called when no thread reads any more. */
  async close(): Promise<void> {
    this.#isLeft = true;
    this.#input.destroy();
    await Promise.all([this.#reading, this.#readingBack.catch(() => undefined)]);
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  async #moveAndTake(): Promise<void> {
    const held = this.#held.splice(0);
    for (const chunk of held) await this.#keep(chunk);
    await this.#take(() => false);
    if (this.#failure !== undefined) this.#leave('reading it failed');
    else if (this.#isOver && !this.#isLeft) this.#state.end();
  }

  async #take(isEnough: () => boolean): Promise<void> {
    while (!this.#isLeft && !this.#isOver && !isEnough()) {
      const chunk = await this.#next();
      if (chunk !== null) await this.#keep(chunk);
    }
  }

  /** Null at the end. */
  async #next(): Promise<Buffer | null> {
    try {
      const next = await this.#chunks.next();
      if (next.done !== true) return next.value;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      this.#failure = new Error(
        code === 'ERR_STREAM_PREMATURE_CLOSE' ? 'it was closed before its end' : message,
      );
    }
    this.#isOver = true;
    return null;
  }

  async #keep(chunk: Buffer): Promise<void> {
    if (this.#file !== undefined && !this.#isLeft && this.#hasSpace(chunk.length)) {
      try {
        for (let at = 0; at < chunk.length;) {
          const { bytesWritten } = await writeFile(
            this.#file,
            chunk,
            at,
            chunk.length - at,
            this.#state.bytes + at,
          );
          at += bytesWritten;
        }
        this.#state.grow(chunk.length);
        return;
      } catch (error) {
        this.#leave(`it cannot be kept: ${(error as Error).message}`);
      }
    }
    this.#held.push(chunk);
    this.#heldBytes += chunk.length;
    this.#first.keep(undefined);
  }

  #hasSpace(more: number): boolean {
    const { bytes } = this.#state;
    if (bytes >= this.#lookAt) {
      this.#mostBytes = Math.min(this.#mostBytes, (bytes + freeBytes()) / 2);
      this.#lookAt = bytes + lookBytes;
    }
    if (bytes + more <= this.#mostBytes) return true;
    this.#leave('it is too large for the space that temporary files may take');
    return false;
  }

  #leave(reason: string): void {
    this.#isLeft = true;
    this.#givenUp.keep(reason);
  }

  async *#all(): AsyncGenerator<Buffer, void, undefined> {
    yield* this.#fromFile(0);
    // A chunk may be on its way to the file, or be waited for.
    const { bytes } = this.#state;
    yield* this.#held.splice(0);
    await this.#reading;
    yield* this.#fromFile(bytes);
    yield* this.#held.splice(0);
    while (!this.#isOver) {
      const chunk = await this.#next();
      if (chunk !== null) yield chunk;
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  async *#fromFile(from: number): AsyncGenerator<Buffer, void, undefined> {
    for (let at = from; this.#file !== undefined && at < this.#state.bytes;) {
      const length = Math.min(readBackBytes, this.#state.bytes - at);
      const reading = readFile(this.#file, Buffer.allocUnsafe(length), 0, length, at);
      this.#readingBack = reading;
      const { bytesRead, buffer } = await reading;
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  }
}

interface PromiseToKeep<T> {
  readonly promise: Promise<T>;
  readonly keep: (value: T) => void;
}

function promiseToKeep<T>(): PromiseToKeep<T> {
  let keep: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    keep = resolve;
  });
  return { promise, keep };
}
