/** bcrypt beside the thread that reads packets: one check takes as long as thousands of packets. */

import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

interface Question {
  readonly id: number;
  readonly password: string;
  readonly hash: string;
}

interface Answer {
  readonly id: number;
  readonly matches: boolean;
}

// A text and no file: a file would need another name, and a loader, where this is run without having been compiled.
const script = `
const { parentPort, workerData } = require('node:worker_threads');
const { compareSync } = require(workerData);
parentPort.on('message', ({ id, password, hash }) => {
  let matches = false;
  try {
    matches = compareSync(password, hash);
  } catch {}
  parentPort.postMessage({ id, matches });
});
`;

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
    this.#start().postMessage({ id, password, hash } satisfies Question);
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
    const worker = new Worker(script, {
      eval: true,
      execArgv: [],
      workerData: createRequire(import.meta.url).resolve('bcryptjs'),
      resourceLimits: { maxOldGenerationSizeMb: 64 },
    });
    worker.on('message', ({ id, matches }: Answer) => {
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
    // Last: a listener would hold the process again.
    worker.unref();
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
