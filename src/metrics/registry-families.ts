import type { AnyInstrument } from './instruments/instrument.ts';
import { checkUnclaimed, type Named } from './instruments/claims.ts';
import type { LabelSet, MetricFamily } from './metric-family.ts';
import { promFamily, type ForeignMetric } from './prom-families.ts';

/** A registry of rttshark's or of prom-client's, as far as it is read. */
export interface ReadableRegistry {
  getMetricsAsArray(): readonly object[];
}

/**
 * What a registry holds at this moment, as plain families, in the order in which it was registered: for every
 * exposition format and every sink. Metrics that read their values when they are asked (`collect`, `setFunction`)
 * are asked; default labels are added.
 *
 * @throws RttsharkError `usage` for metrics that would write samples of the same name, and of types that are unknown
 */
export async function registryFamilies(registry: ReadableRegistry): Promise<MetricFamily[]> {
  const metrics = registry.getMetricsAsArray() as readonly (AnyInstrument | PromMetric)[];
  for (const [i, metric] of metrics.entries()) checkUnclaimed(metric, metrics.slice(0, i));
  const families = await Promise.all(
    metrics.map(async (metric) => ('family' in metric ? metric.family() : promFamily(await metric.get()))),
  );
  const labels = defaultLabels(registry as { readonly _defaultLabels?: unknown });
  return labels === undefined ? families : families.map((family) => withLabels(family, labels));
}

/** One of prom-client's own. */
interface PromMetric extends Named {
  get(): Promise<ForeignMetric>;
}

/** prom-client lets default labels be set, but not be read. */
function defaultLabels(registry: { readonly _defaultLabels?: unknown }): LabelSet | undefined {
  const entries = Object.entries(registry._defaultLabels ?? {});
  return entries.length === 0
    ? undefined
    : Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

/** A metric's own labels stand, and win. */
function withLabels(family: MetricFamily, labels: LabelSet): MetricFamily {
  const samples = family.samples as Iterable<{ readonly labels: LabelSet }>;
  const labelled = {
    *[Symbol.iterator]() {
      for (const sample of samples)
        yield { ...sample, labels: { ...sample.labels, ...labels, ...sample.labels } };
    },
  };
  return { ...family, samples: labelled } as MetricFamily;
}
