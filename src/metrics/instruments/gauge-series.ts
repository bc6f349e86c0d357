import { checkNumber } from './numbers.ts';
import { around, runAndTell, type Callable } from './settled.ts';
import { Timed } from './timed.ts';

/** One label set of a gauge. */
export class GaugeSeries extends Timed {
  readonly #metric: string;
  #value = 0;
  #read: (() => number | Promise<number>) | undefined;

  /** @param metric - for messages */
  constructor(metric: string) {
    super();
    this.#metric = metric;
  }

  get value(): number {
    return this.#value;
  }

  set(value: number): void {
    checkNumber(this.#metric, value);
    this.#value = value;
  }

  inc(value = 1): void {
    checkNumber(this.#metric, value);
    this.#value += value;
  }

  dec(value = 1): void {
    checkNumber(this.#metric, value);
    this.#value -= value;
  }

  /** Sets the time of day, in seconds since the epoch. */
  setToCurrentTime(): void {
    this.#value = Date.now() / 1000;
  }

  /** Runs a block, which may be asynchronous, and counts it while it runs. */
  trackInProgress<Result>(block: () => Result): Result {
    this.inc();
    return runAndTell(block, () => {
      this.dec();
    });
  }

  /** The same function, with its calls counted while they run. */
  trackingInProgress<This, Given extends unknown[], Result>(
    called: Callable<This, Given, Result>,
  ): Callable<This, Given, Result> {
    return around(called, (block) => this.trackInProgress(block));
  }

  /** Has the value read from a function from now on, whenever metrics are read. */
  setFunction(read: () => number | Promise<number>): void {
    this.#read = read;
  }

  /** Asks the function, where there is one. */
  read(): Promise<void> | undefined {
    const read = this.#read;
    return read && this.#take(read);
  }

  protected override took(seconds: number): void {
    this.set(seconds);
  }

  async #take(read: () => number | Promise<number>): Promise<void> {
    this.set(await read());
  }
}
