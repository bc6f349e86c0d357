/** bcrypt beside the thread that reads packets: one check takes as long as thousands of packets. */

import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BcryptAnswer, BcryptQuestion } from './bcrypt-worker.ts';

// Compiled or not, the worker lies beside this file and has the same ending.
const workerUrl = new URL(`./bcrypt-worker${path.extname(import.meta.url)}`, import.meta.url);

/** One worker thread, started when first needed and again when it has failed. It keeps no process alive. */
export class BcryptThread {
  #worker: Worker | undefined;
  #asked = 0;
  readonly #waiting = new Map<number, PromiseWithResolvers<boolean>>();

  /** How many questions are waiting or under way. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Whether the password is the one of the hash. Rejects where the thread fails. */
  matches(password: string, hash: string): Promise<boolean> {
    const answer = withResolvers<boolean>();
    const id = ++this.#asked;
    this.#waiting.set(id, answer);
    this.#start().postMessage({ id, password, hash } satisfies BcryptQuestion);
    return answer.promise;
  }

  /** Rejects what is waiting. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#fail(new Error('Passwords are not checked any more.'));
    await worker?.terminate();
  }

  #start(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(workerUrl, { resourceLimits: { maxOldGenerationSizeMb: 64 } });
    worker.unref();
    worker.on('message', ({ id, matches }: BcryptAnswer) => {
      this.#waiting.get(id)?.resolve(matches);
      this.#waiting.delete(id);
    });
    const lost = (error?: unknown): void => {
      if (this.#worker !== worker) return;
      this.#fail(new Error('The thread that checks passwords has ended.', { cause: error }));
    };
    worker.on('error', lost);
    worker.on('exit', () => {
      lost();
    });
    this.#worker = worker;
    return worker;
  }

  #fail(error: Error): void {
    this.#worker = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error);
  }
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}
