import { Counter, Gauge, Registry } from 'prom-client';
import { RttsharkError } from '../errors.ts';
import type { MeasurementResult } from '../measure/statistics.ts';
import { GroupHistogram } from './group-histogram.ts';
import { analysisLayout } from './analysis-layouts.ts';
import type { HistogramOptions } from './histogram-options.ts';

export interface RegistryOptions {
  readonly histogram?: HistogramOptions | undefined;
  /** Add what rttshark says of its own work: the number of samples. True by default. */
  readonly ownMetrics?: boolean | undefined;
  /** When the work succeeded, in seconds since the epoch: adds the gauge that says so, with the own metrics. */
  readonly succeededAt?: number | undefined;
}

/**
 * The metrics of one analysis, in a registry of their own; `await registry.metrics()` gives the text format, the
 * same for the same input. Its histogram has classic buckets: prom-client knows no others.
 *
 * @throws RttsharkError `usage` as `analysisLayout` does, and for a measurement that is to be a summary
 */
export function analysisRegistry(measured: MeasurementResult, options: RegistryOptions = {}): Registry {
  const { ownMetrics = true, succeededAt } = options;
  const registry = new Registry();
  if (measured.metric === 'summary') {
    throw new RttsharkError(
      'usage',
      `"${measured.name}" is to be a summary, and this registry has a histogram.`,
      {
        hint: 'Push it from the command, or measure it as a histogram.',
      },
    );
  }
  const layout = analysisLayout(measured, options);
  registry.registerMetric(new GroupHistogram(layout, measured.groups));
  if (ownMetrics) addOwnMetrics(registry, measured, succeededAt);
  return registry;
}

function addOwnMetrics(
  registry: Registry,
  measured: MeasurementResult,
  succeededAt: number | undefined,
): void {
  const registers = [registry];
  new Counter({
    name: 'rttshark_samples_total',
    help: 'Samples observed, by measurement.',
    labelNames: ['measurement'],
    registers,
  }).inc({ measurement: measured.name }, measured.total.count);
  if (succeededAt === undefined) return;
  new Gauge({
    name: 'rttshark_last_success_timestamp_seconds',
    help: 'When an analysis last succeeded, in seconds since the epoch.',
    registers,
  }).set(succeededAt);
}
