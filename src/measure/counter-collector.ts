import type { AnyTable } from '../table/table.ts';
import { eachCounted, type CounterCollectorOptions } from './each-counted.ts';
import { labelsOf } from './each-sample.ts';
import { byLabels } from './group-order.ts';
import type { LabelSource } from './labels.ts';
import { otherValue } from './other-group.ts';
import type { PacketCounter } from './packet-counter.ts';

/** The packets of one group that were counted. */
export interface CountedGroup {
  readonly labels: Readonly<Record<string, string>>;
  readonly count: number;
}

/** What one counter counted: largest count first, then by labels. Groups without such a packet are left out. */
export interface CounterResult {
  /** As in `tcp_retransmissions`. */
  readonly name: string;
  readonly field: string;
  /** What was counted, as a phrase. */
  readonly title: string;
  readonly labelNames: readonly string[];
  readonly groups: readonly CountedGroup[];
  /** Of all packets. */
  readonly total: number;
}

/**
 * What one counter counted of some groups, those without any left out.
 *
 * @param total - of all packets; by default of these groups
 */
export function counterResult(
  { name, field, title }: PacketCounter,
  labels: readonly LabelSource[],
  groups: readonly CountedGroup[],
  total = groups.reduce((sum, { count }) => sum + count, 0),
): CounterResult {
  return {
    name,
    field,
    title,
    labelNames: labels.map(({ label }) => label),
    groups: groups.filter(({ count }) => count > 0).sort(byCount),
    total,
  };
}

interface Counts {
  readonly labelValues: readonly string[];
  readonly counts: Float64Array;
}

/** Counts packets, group by group. */
export class CounterCollector {
  readonly #options: CounterCollectorOptions;
  readonly #groups = new Map<string, Counts>();

  constructor(options: CounterCollectorOptions) {
    this.#options = options;
  }

  /** @param packets - with the columns of `counterSchema` */
  add(packets: AnyTable): void {
    eachCounted(
      packets,
      this.#options,
      (labelValues) => this.#of(labelValues),
      ({ counts }, counter) => (counts[counter] = (counts[counter] ?? 0) + 1),
    );
  }

  /** Takes over what another one with the same counters and labels has counted. */
  addAll(other: CounterCollector): void {
    for (const { labelValues, counts } of other.#groups.values()) addCounts(this.#of(labelValues), counts);
  }

  /** @param maxGroups - of each counter: what is beyond is counted in one group, whose every label is `other` */
  results(maxGroups = Infinity): CounterResult[] {
    const { counters, labels } = this.#options;
    return counters.map((counter, which) => {
      const groups = [...this.#groups.values()].map(({ labelValues, counts }) => ({
        labels: labelsOf(labels, labelValues),
        count: counts[which] ?? 0,
      }));
      const { groups: all, ...result } = counterResult(counter, labels, groups);
      const others = all.slice(maxGroups).reduce((sum, { count }) => sum + count, 0);
      const rest = labelsOf(
        labels,
        labels.map(() => otherValue),
      );
      return {
        ...result,
        groups: others === 0 ? all : withOther(all.slice(0, maxGroups), { labels: rest, count: others }),
      };
    });
  }

  #of(labelValues: readonly string[]): Counts {
    const key = JSON.stringify(labelValues);
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = { labelValues, counts: new Float64Array(this.#options.counters.length) };
      this.#groups.set(key, group);
    }
    return group;
  }
}

function addCounts({ counts }: Counts, more: Float64Array): void {
  more.forEach((count, which) => (counts[which] = (counts[which] ?? 0) + count));
}

/** A group may be called like the one for all others: then it is one of them. */
function withOther(groups: readonly CountedGroup[], other: CountedGroup): CountedGroup[] {
  const alike = groups.find((group) => byLabels(group, other) === 0);
  const rest = { labels: other.labels, count: other.count + (alike?.count ?? 0) };
  return [...groups.filter((group) => group !== alike), rest].sort(byCount);
}

function byCount(a: CountedGroup, b: CountedGroup): number {
  return b.count - a.count || byLabels(a, b);
}
