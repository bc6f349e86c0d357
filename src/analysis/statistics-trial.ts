import type { CaptureCollector } from '../measure/capture-collector.ts';
import type { AnyTable } from '../table/table.ts';
import { threadTimeMs } from './thread-time.ts';

/** How many samples the trials have. What code costs when it runs for the first times says little of later: the small ones. */
const trials = [1 << 12, 1 << 13, 1 << 16, 1 << 16];
/** From so many on, a trial tells; the least that one does, as others are at work beside it that will have ended by then. */
const tellingSamples = 1 << 16;

/**
 * What working out statistics costs on this machine, of samples like these: found out by doing it with the first ones
 * that come, which takes less than a tenth of a second. They stay where they are otherwise needed.
 */
export class StatisticsTrial {
  readonly #newCollector: () => CaptureCollector;
  readonly #waiting = [...trials];
  #collector: CaptureCollector;
  #secondsPerSample = Infinity;

  /** @param newCollector - gives an empty one, with the options of the one whose statistics are asked for in the end */
  constructor(newCollector: () => CaptureCollector) {
    this.#newCollector = newCollector;
    this.#collector = newCollector();
  }

  /** Whether samples are still wanted. */
  get isOpen(): boolean {
    return this.#waiting.length > 0;
  }

  /** As `CaptureCollector.add`; to be called while it {@link isOpen}. */
  add(packets: AnyTable, order?: ArrayLike<number>): void {
    this.#collector.add(packets, order);
    const { count } = this.#collector;
    if (count < (this.#waiting[0] ?? Infinity)) return;
    this.#waiting.shift();
    const startedMs = threadTimeMs();
    this.#collector.results();
    const seconds = (threadTimeMs() - startedMs) / 1000;
    if (count >= tellingSamples) this.#secondsPerSample = Math.min(this.#secondsPerSample, seconds / count);
    this.#collector = this.#newCollector();
  }

  /** How long the statistics of so many samples take; nothing where too few have come for a trial, which is hardly noticed. */
  secondsFor(samples: number): number {
    return this.#secondsPerSample === Infinity ? 0 : samples * this.#secondsPerSample;
  }
}
