import { RttsharkError } from '../../errors.ts';
import type { Exemplar } from '../metric-family.ts';
import { exemplarNow } from './exemplar.ts';
import type { LabelValues } from './label-values.ts';
import { checkNumber } from './numbers.ts';
import { around, runAndTell, type Callable } from './settled.ts';

/** A class whose instances can be thrown. */
export type ErrorClass = abstract new (...given: never) => unknown;

/** One label set of a counter. */
export class CounterSeries {
  readonly #metric: string;
  #value = 0;
  #exemplar: Exemplar | undefined;
  #read: (() => number | Promise<number>) | undefined;

  /** @param metric - for messages */
  constructor(metric: string) {
    this.#metric = metric;
  }

  get value(): number {
    return this.#value;
  }

  get exemplar(): Exemplar | undefined {
    return this.#exemplar;
  }

  /** As `Counter.inc`. */
  inc(value = 1, exemplar?: LabelValues<string>): void {
    this.#check(value);
    // Made first: where it is refused, nothing was counted.
    const made = exemplar === undefined ? undefined : exemplarNow(this.#metric, exemplar, value);
    this.#value += value;
    this.#exemplar = made ?? this.#exemplar;
  }

  /**
   * Runs a block, which may be asynchronous, counts what it throws, and throws that on.
   *
   * @param classes - what is counted; everything where none is given
   */
  countExceptions<Result>(block: () => Result, ...classes: readonly ErrorClass[]): Result {
    return runAndTell(block, (ending) => {
      if (!ending.failed) return;
      const counts = classes.length === 0 || classes.some((known) => ending.error instanceof known);
      if (counts) this.inc();
    });
  }

  /** The same function, with what it throws counted as by `countExceptions`. */
  countingExceptions<This, Given extends unknown[], Result>(
    called: Callable<This, Given, Result>,
    ...classes: readonly ErrorClass[]
  ): Callable<This, Given, Result> {
    return around(called, (block) => this.countExceptions(block, ...classes));
  }

  /** Has the value read from a function from now on, whenever metrics are read. It must never shrink. */
  setFunction(read: () => number | Promise<number>): void {
    this.#read = read;
  }

  /** Asks the function, where there is one. */
  read(): Promise<void> | undefined {
    const read = this.#read;
    return read && this.#take(read);
  }

  async #take(read: () => number | Promise<number>): Promise<void> {
    const value = await read();
    this.#check(value);
    this.#value = value;
  }

  #check(value: unknown): void {
    checkNumber(this.#metric, value);
    if (value < 0) {
      throw new RttsharkError('usage', `The counter "${this.#metric}" cannot shrink by "${-value}".`, {
        hint: 'What can shrink is a gauge.',
      });
    }
  }
}
