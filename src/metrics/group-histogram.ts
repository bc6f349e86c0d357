import { Histogram, type MetricValueWithName } from 'prom-client';
import type { Group } from '../measure/statistics.ts';
import { cumulativeCounts } from './buckets.ts';
import type { HistogramLayout } from './histogram-options.ts';

type HistogramObject = Awaited<ReturnType<Histogram['get']>>;

/**
 * A histogram of groups that are already there, for prom-client's registries. Its own label map is not used: it
 * joins names and values with `:` and `,`, so that two groups could meet, and counts sample by sample what sorted
 * values tell at once.
 */
export class GroupHistogram extends Histogram {
  readonly #layout: HistogramLayout;
  readonly #groups: readonly Group[];

  constructor(layout: HistogramLayout, groups: readonly Group[]) {
    const { name, help, labelNames, buckets } = layout;
    super({ name, help, labelNames: [...labelNames.values()], buckets: [...buckets], registers: [] });
    this.#layout = layout;
    this.#groups = groups;
  }

  override get(): Promise<HistogramObject> {
    const { name, help } = this.#layout;
    const values = this.#groups.flatMap((group) => this.#series(group));
    // prom-client declares an enumeration of numbers where its own metrics give the word.
    return Promise.resolve({
      name,
      help,
      type: 'histogram',
      aggregator: 'sum',
      values,
    } as unknown as HistogramObject);
  }

  /** What a registry asks for first when it makes text. */
  getForPromString(): Promise<HistogramObject> {
    return this.get();
  }

  #series(group: Group): MetricValueWithName<string>[] {
    const { name, buckets, labelNames } = this.#layout;
    const labels = Object.fromEntries(
      [...labelNames].map(([label, called]) => [called, group.labels[label] ?? '']),
    );
    const { count } = group.statistics;
    const counts = cumulativeCounts(group.distribution, buckets);
    const bucket = (le: number | '+Inf', value: number) => ({
      metricName: `${name}_bucket`,
      labels: { ...labels, le },
      value,
    });
    return [
      ...buckets.map((bound, i) => bucket(bound, counts[i] ?? count)),
      bucket('+Inf', count),
      { metricName: `${name}_sum`, labels, value: group.runningSum },
      { metricName: `${name}_count`, labels, value: count },
    ];
  }
}
