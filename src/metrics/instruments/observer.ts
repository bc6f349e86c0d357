import { startClock } from './clock.ts';
import { Instrument } from './instrument.ts';
import type { LabelValues } from './label-values.ts';
import type { Callable } from './settled.ts';
import type { Timed } from './timed.ts';

/** What histograms and summaries have in common: they observe, and time. */
export abstract class Observer<
  Label extends string,
  Observe extends readonly unknown[],
  Series extends Timed & { observe(...observed: Observe): void },
> extends Instrument<Label, Series> {
  observe(...observed: Observe): void;
  observe(labels: LabelValues<Label>, ...observed: Observe): void;
  observe(...given: readonly unknown[]): void {
    const [series, rest] = this.addressed<[...Observe]>(given);
    series.observe(...rest);
  }

  /**
   * Starts to time something.
   *
   * @param labels - as far as they are known yet
   * @returns what observes the seconds since then, and gives them; with the other labels
   */
  startTimer(labels?: Partial<LabelValues<Label>>): (labels?: Partial<LabelValues<Label>>) => number {
    const seconds = startClock();
    return (others) => {
      const value = seconds();
      this.labels({ ...labels, ...others } as LabelValues<Label>).observe(...([value] as unknown as Observe));
      return value;
    };
  }

  /** Runs a block, which may be asynchronous, and observes how many seconds that took, also where it fails. */
  time<Result>(block: () => Result): Result {
    return this.labels().time(block);
  }

  /** The same function, with each of its calls timed as by `time`. */
  timed<This, Given extends unknown[], Result>(
    called: Callable<This, Given, Result>,
  ): Callable<This, Given, Result> {
    return this.labels().timed(called);
  }
}
