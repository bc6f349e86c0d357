import { RttsharkError } from '../errors.ts';
import { bareName } from './instruments/instrument-name.ts';
import type { PromExemplar, PromValue } from './instruments/prom-object.ts';
import type {
  CounterSample,
  Exemplar,
  HistogramSample,
  LabelSet,
  MetricFamily,
  SummarySample,
} from './metric-family.ts';

/** What one of prom-client's own metrics gives of itself. */
export interface ForeignMetric {
  readonly name: string;
  readonly help: string;
  readonly type: unknown;
  readonly values?: readonly ForeignValue[] | undefined;
}

export interface ForeignValue extends Omit<PromValue, 'labels' | 'exemplar'> {
  readonly labels?: Readonly<Record<string, string | number | undefined>> | undefined;
  readonly exemplar?: PromExemplar | null | undefined;
}

/**
 * A metric of prom-client's as a plain family. A counter is named as OpenMetrics asks for: `_total` is put behind its
 * name where it is not there yet.
 *
 * @throws RttsharkError `usage` for a type that is none of prom-client's
 */
export function promFamily({ name, help, type, values = [] }: ForeignMetric): MetricFamily {
  switch (type) {
    case 'counter':
      return { type, name: bareName(type, name), help, samples: values.map(counterSample) };
    case 'gauge':
      return {
        type,
        name,
        help,
        samples: values.map(({ labels, value }) => ({ labels: labelSet(labels), value })),
      };
    case 'histogram':
      return {
        type,
        name,
        help,
        samples: byLabels(values, 'le').map(([labels, own]) => histogram(name, labels, own)),
      };
    case 'summary':
      return {
        type,
        name,
        help,
        samples: byLabels(values, 'quantile').map(([labels, own]) => summary(name, labels, own)),
      };
    default:
      throw new RttsharkError(
        'usage',
        `The metric "${name}" is of the type "${String(type)}", which is unknown.`,
        {
          hint: 'The types are counter, gauge, histogram and summary.',
        },
      );
  }
}

function counterSample({ labels, value, exemplar }: ForeignValue): CounterSample {
  return { labels: labelSet(labels), value, exemplar: exemplarOf(exemplar) };
}

function histogram(name: string, labels: LabelSet, values: readonly ForeignValue[]): HistogramSample {
  const buckets = values
    .filter(({ labels: own }) => own?.['le'] !== undefined)
    .map(({ labels: own, value, exemplar }) => ({ bound: boundOf(own?.['le']), value, exemplar }))
    .sort((a, b) => a.bound - b.bound);
  const finite = buckets.filter(({ bound }) => bound < Infinity);
  const exemplars = [...finite, buckets.at(-1)].map((bucket) => exemplarOf(bucket?.exemplar));
  return {
    labels,
    bounds: finite.map(({ bound }) => bound),
    cumulativeCounts: finite.map(({ value }) => value),
    count: valueOf(values, `${name}_count`) ?? buckets.at(-1)?.value ?? 0,
    sum: valueOf(values, `${name}_sum`) ?? 0,
    exemplars: exemplars.some((exemplar) => exemplar !== undefined) ? exemplars : undefined,
  };
}

function summary(name: string, labels: LabelSet, values: readonly ForeignValue[]): SummarySample {
  return {
    labels,
    quantiles: values
      .filter(({ labels: own }) => own?.['quantile'] !== undefined)
      .map(({ labels: own, value }) => ({ quantile: Number(own?.['quantile']), value })),
    count: valueOf(values, `${name}_count`) ?? 0,
    sum: valueOf(values, `${name}_sum`) ?? 0,
  };
}

/** The values of each label set, without the label that tells its buckets or quantiles apart. */
function byLabels(values: readonly ForeignValue[], own: string): [LabelSet, ForeignValue[]][] {
  const sets = new Map<string, [LabelSet, ForeignValue[]]>();
  for (const value of values) {
    const labels = labelSet({ ...value.labels, [own]: undefined });
    const key = JSON.stringify(Object.entries(labels).sort());
    const known = sets.get(key);
    if (known === undefined) sets.set(key, [labels, [value]]);
    else known[1].push(value);
  }
  return [...sets.values()];
}

function valueOf(values: readonly ForeignValue[], metricName: string): number | undefined {
  return values.find((value) => value.metricName === metricName)?.value;
}

function boundOf(le: string | number | undefined): number {
  return le === '+Inf' ? Infinity : Number(le);
}

/** prom-client takes a label without a value for none. */
function labelSet(labels: ForeignValue['labels'] = {}): LabelSet {
  return Object.fromEntries(
    Object.entries(labels).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

function exemplarOf(exemplar: PromExemplar | null | undefined): Exemplar | undefined {
  if (exemplar === null || exemplar === undefined) return undefined;
  const { labelSet: labels, value, timestamp } = exemplar;
  return { labels, value, atMs: timestamp * 1000 };
}
