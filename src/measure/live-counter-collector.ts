import type { AnyTable } from '../table/table.ts';
import { BoundedGroups, type GroupBounds } from './bounded-groups.ts';
import { counterResult, type CounterResult } from './counter-collector.ts';
import { eachCounted, type CounterCollectorOptions } from './each-counted.ts';
import { labelsOf } from './each-sample.ts';

export interface LiveCounterOptions extends CounterCollectorOptions, GroupBounds {}

/** The packets of one group that were counted, by the number of the counter. */
class CountedPackets {
  readonly labels: Readonly<Record<string, string>>;
  readonly total: Float64Array;
  readonly interval: Float64Array;
  lastActiveMs = -Infinity;

  constructor(labels: Readonly<Record<string, string>>, counters: number) {
    this.labels = labels;
    this.total = new Float64Array(counters);
    this.interval = new Float64Array(counters);
  }
}

/**
 * Counts packets, group by group, for as long as a capture lasts. Groups are bounded in their number and let go when they
 * are idle; all counters share them. The totals are of all packets, whatever became of their groups.
 */
export class LiveCounterCollector {
  readonly #options: LiveCounterOptions;
  readonly #groups: BoundedGroups<CountedPackets>;
  readonly #total: Float64Array;
  readonly #interval: Float64Array;
  #inOther = 0;

  constructor(options: LiveCounterOptions) {
    const { counters, labels } = options;
    this.#options = options;
    this.#total = new Float64Array(counters.length);
    this.#interval = new Float64Array(counters.length);
    this.#groups = new BoundedGroups(
      options,
      (labelValues) => new CountedPackets(labelsOf(labels, labelValues), counters.length),
    );
  }

  /** Held now, with the one for all others. */
  get groups(): number {
    return this.#groups.size;
  }

  get expiredGroups(): number {
    return this.#groups.expired;
  }

  /** How often a packet was counted in the group for all others. */
  get inOther(): number {
    return this.#inOther;
  }

  /**
   * @param packets - with the columns of `counterSchema`
   * @param nowMs - of a clock that does not step, for the groups' idle time
   */
  add(packets: AnyTable, nowMs: number): void {
    const find = (labelValues: readonly string[]) => this.#groups.of(labelValues);
    eachCounted(packets, this.#options, find, ({ group, isOther }, counter) => {
      for (const counts of [group.total, group.interval, this.#total, this.#interval]) {
        counts[counter] = (counts[counter] ?? 0) + 1;
      }
      group.lastActiveMs = nowMs;
      if (isOther) this.#inOther += 1;
    });
  }

  /**
   * Closes the interval. Groups that have been idle for too long are in this report's total for the last time.
   *
   * @param nowMs - of the same clock as that of `add`
   */
  report(nowMs: number): { readonly interval: CounterResult[]; readonly total: CounterResult[] } {
    const interval = this.#results('interval', this.#interval);
    const total = this.results();
    this.#interval.fill(0);
    for (const group of this.#groups) group.interval.fill(0);
    this.#groups.expire(nowMs);
    return { interval, total };
  }

  /** Everything since the start, up to now. The interval stays open. */
  results(): CounterResult[] {
    return this.#results('total', this.#total);
  }

  #results(of: 'total' | 'interval', totals: Float64Array): CounterResult[] {
    const { counters, labels } = this.#options;
    return counters.map((counter, which) => {
      const groups = Array.from(this.#groups, (group) => ({
        labels: group.labels,
        count: group[of][which] ?? 0,
      }));
      return counterResult(counter, labels, groups, totals[which]);
    });
  }
}
