import { startClock } from './clock.ts';
import { around, runAndTell, type Callable } from './settled.ts';

/** One label set of what can time something. */
export abstract class Timed {
  protected abstract took(seconds: number): void;

  /** Runs a block, which may be asynchronous, and takes how many seconds that was, also where it fails. */
  time<Result>(block: () => Result): Result {
    const seconds = startClock();
    return runAndTell(block, () => {
      this.took(seconds());
    });
  }

  /** The same function, with each of its calls timed as by `time`. */
  timed<This, Given extends unknown[], Result>(
    called: Callable<This, Given, Result>,
  ): Callable<This, Given, Result> {
    return around(called, (block) => this.time(block));
  }

  /** Starts to time something; what it returns takes the seconds since then, and gives them. */
  startTimer(): () => number {
    const seconds = startClock();
    return () => {
      const value = seconds();
      this.took(value);
      return value;
    };
  }
}
