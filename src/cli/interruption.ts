import { constants } from 'node:os';
import { RttsharkError } from '../errors.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Ctrl-C and its kin: the first asks the work to stop, which is given what time it needs; a second one ends the
 * process at once (its children with it).
 */
export class Interruption {
  readonly #controller = new AbortController();
  #error: RttsharkError | undefined;
  #asked = false;

  constructor() {
    for (const signal of signals) process.on(signal, this.#onSignal);
  }

  /** Aborted by the first signal. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What the command ends with, where it was asked to stop. */
  get error(): RttsharkError | undefined {
    return this.#asked ? undefined : this.#error;
  }

  /** For a command that is ended by a signal when it is done: that it was asked to stop is no error. */
  isNoError(): void {
    this.#asked = true;
  }

  /** Gives the signals back their usual meaning. */
  release(): void {
    for (const signal of signals) process.off(signal, this.#onSignal);
  }

  readonly #onSignal = (signal: NodeJS.Signals) => {
    if (this.#error !== undefined) process.exit(128 + constants.signals[signal]);
    this.#error =
      signal === 'SIGINT'
        ? new RttsharkError('interrupted', 'Interrupted before it was done.')
        : new RttsharkError('terminated', 'Terminated before it was done.');
    this.#controller.abort(this.#error);
  };
}
