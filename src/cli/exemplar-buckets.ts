import type { AnalysisOptions } from '../analysis/analysis-options.ts';
import { labelSources, type LabelName } from '../measure/labels.ts';
import { labelsOfMeasurement, type Measurement } from '../measure/measurement.ts';
import { tcpEvents } from '../measure/packet-counter.ts';
import { analysisLayouts } from '../metrics/analysis-layouts.ts';
import type { RegistryOptions } from '../metrics/analysis-registry.ts';

interface Measured {
  readonly measurements: readonly Measurement[];
  readonly by: readonly LabelName[];
  readonly counters?: boolean | undefined;
}

/**
 * The bounds of each measurement's buckets, by its name; with them, everything about the metrics is checked.
 *
 * @throws RttsharkError `usage` as `analysisLayouts` does
 */
export function exemplarBuckets(
  { measurements, by, counters }: Measured,
  metrics: RegistryOptions,
): NonNullable<AnalysisOptions['exemplarBuckets']> {
  const asked = labelSources(by, false);
  const named = measurements.map((measurement) => ({
    ...measurement,
    labelNames: labelsOfMeasurement(measurement, asked).map(({ label }) => label),
  }));
  const layouts = analysisLayouts(named, metrics, counters === true ? tcpEvents : []);
  return Object.fromEntries(named.map(({ name }, i) => [name, layouts[i]?.buckets ?? []]));
}
