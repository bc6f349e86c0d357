import { groupRows } from '../table/group-rows.ts';
import type { AnyTable } from '../table/table.ts';
import { labelsOf } from './each-sample.ts';
import { byLabels } from './group-order.ts';
import { labelFields } from './measurement.ts';
import { otherValue } from './other-group.ts';
import type { PacketCounter } from './packet-counter.ts';
import { presentColumns, rowLabels, type RowLabelOptions } from './row-labels.ts';

export interface CounterCollectorOptions extends RowLabelOptions {
  readonly counters: readonly PacketCounter[];
}

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
    const { counters, labels } = this.#options;
    if (counters.length === 0) return;
    const keys = presentColumns(packets, labelFields(labels));
    const { groupOf } = groupRows(keys, packets.rowCount);
    const labelsAt = rowLabels(packets, this.#options, 'tcp');
    const known: Counts[] = [];
    counters.forEach(({ field, isFlag = false }, which) => {
      const column = packets.column(field);
      for (let row = 0; row < packets.rowCount; row++) {
        const value = column.get(row);
        if (value === null || (isFlag && !isTrue(value))) continue;
        const { counts } = (known[groupOf[row] ?? 0] ??= this.#of(labelsAt(row)));
        counts[which] = (counts[which] ?? 0) + 1;
      }
    });
  }

  /** Takes over what another one with the same counters and labels has counted. */
  addAll(other: CounterCollector): void {
    for (const { labelValues, counts } of other.#groups.values()) addCounts(this.#of(labelValues), counts);
  }

  /** @param maxGroups - of each counter: what is beyond is counted in one group, whose every label is `other` */
  results(maxGroups = Infinity): CounterResult[] {
    const { counters, labels } = this.#options;
    return counters.map(({ name, field, title }, which) => {
      const all = [...this.#groups.values()]
        .map(({ labelValues, counts }) => ({
          labels: labelsOf(labels, labelValues),
          count: counts[which] ?? 0,
        }))
        .filter(({ count }) => count > 0)
        .sort(byCount);
      const others = all.slice(maxGroups).reduce((sum, { count }) => sum + count, 0);
      const rest = labelsOf(
        labels,
        labels.map(() => otherValue),
      );
      return {
        name,
        field,
        title,
        labelNames: labels.map(({ label }) => label),
        groups: others === 0 ? all : withOther(all.slice(0, maxGroups), { labels: rest, count: others }),
        total: all.reduce((sum, { count }) => sum + count, 0),
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

/** tshark prints what is true as a number before 4.2, and as a word since. */
function isTrue(value: unknown): boolean {
  return (
    value === true ||
    value === 1 ||
    (typeof value === 'string' && /(?:^|[^\w])(?:1|True)(?:[^\w]|$)/.test(value))
  );
}
