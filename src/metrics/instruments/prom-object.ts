import type { Exemplar, LabelSet, MetricFamily } from '../metric-family.ts';

/** One sample as prom-client's registries write it. */
export interface PromValue {
  readonly value: number;
  readonly labels: Readonly<Record<string, string | number>>;
  /** The metric's own name where it is left out. */
  readonly metricName?: string;
  readonly exemplar?: PromExemplar;
}

export interface PromExemplar {
  readonly labelSet: LabelSet;
  readonly value: number;
  /** Seconds since the epoch. */
  readonly timestamp: number;
}

/** A metric with its values, as prom-client's registries ask for it. */
export interface PromObject {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary';
  readonly aggregator: string;
  readonly values: PromValue[];
}

/** A family in the form of prom-client's metrics. */
export function promObject(
  family: MetricFamily,
  { name, help, type, aggregator }: Omit<PromObject, 'values'>,
): PromObject {
  return { name, help, type, aggregator, values: [...valuesOf(family)] };
}

function* valuesOf(family: MetricFamily): Generator<PromValue> {
  switch (family.type) {
    case 'counter':
      for (const { labels, value, exemplar } of family.samples) {
        yield { labels, value, ...withExemplar(exemplar) };
      }
      return;
    case 'gauge':
      for (const { labels, value } of family.samples) yield { labels, value };
      return;
    case 'info':
      for (const { labels } of family.samples) yield { labels, value: 1 };
      return;
    case 'stateset':
      for (const { labels, state: current } of family.samples) {
        for (const state of family.states) {
          yield { labels: { ...labels, [family.name]: state }, value: state === current ? 1 : 0 };
        }
      }
      return;
    case 'summary':
      for (const { labels, quantiles, sum, count } of family.samples) {
        for (const { quantile, value } of quantiles) yield { labels: { ...labels, quantile }, value };
        yield* totals(family.name, labels, sum, count);
      }
      return;
    case 'histogram':
      for (const { labels, bounds, cumulativeCounts, sum, count, exemplars } of family.samples) {
        const metricName = `${family.name}_bucket`;
        for (const [i, le] of bounds.entries()) {
          const value = cumulativeCounts[i] ?? count;
          yield { metricName, labels: { ...labels, le }, value, ...withExemplar(exemplars?.[i]) };
        }
        const last = withExemplar(exemplars?.[bounds.length]);
        yield { metricName, labels: { ...labels, le: '+Inf' }, value: count, ...last };
        yield* totals(family.name, labels, sum, count);
      }
  }
}

function* totals(name: string, labels: LabelSet, sum: number, count: number): Generator<PromValue> {
  yield { metricName: `${name}_sum`, labels, value: sum };
  yield { metricName: `${name}_count`, labels, value: count };
}

function withExemplar(exemplar: Exemplar | undefined): { exemplar?: PromExemplar } {
  if (exemplar === undefined) return {};
  const { labels, value, atMs } = exemplar;
  return { exemplar: { labelSet: labels, value, timestamp: atMs / 1000 } };
}
