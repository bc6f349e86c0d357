import { Counter, Gauge, Registry } from 'prom-client';
import { RttsharkError } from '../errors.ts';
import { nearestNames } from '../nearest.ts';
import type { MeasurementResult } from '../measure/statistics.ts';
import { checkBuckets, defaultBuckets } from './buckets.ts';
import { GroupHistogram } from './group-histogram.ts';
import { checkLabelName, checkMetricName } from './names.ts';

/** How the histogram of a measurement is called and cut. */
export interface HistogramOptions {
  /** `rttshark_tcp_ack_rtt_seconds` by default: the measurement's name with prefix and unit. */
  readonly name?: string | undefined;
  readonly help?: string | undefined;
  /** Other names for labels: `{ src: 'Source_IP' }`. */
  readonly labelNames?: Readonly<Record<string, string>> | undefined;
  /** Upper bounds in seconds, ascending; 50 µs to 10 s by default. */
  readonly buckets?: readonly number[] | undefined;
}

export interface RegistryOptions {
  readonly histogram?: HistogramOptions | undefined;
  /** Add what rttshark says of its own work: the number of samples. True by default. */
  readonly ownMetrics?: boolean | undefined;
  /** When the work succeeded, in seconds since the epoch: adds the gauge that says so, with the own metrics. */
  readonly succeededAt?: number | undefined;
}

/**
 * The metrics of one analysis, in a registry of their own; `await registry.metrics()` gives the text format, the
 * same for the same input.
 *
 * @throws RttsharkError `usage` for names that Prometheus does not take, labels that the groups do not have or that
 *   would be called alike, and buckets that do not grow
 */
export function analysisRegistry(measured: MeasurementResult, options: RegistryOptions = {}): Registry {
  const { histogram = {}, ownMetrics = true, succeededAt } = options;
  const registry = new Registry();
  const name = histogram.name ?? `rttshark_${measured.name}_${measured.unit}`;
  checkMetricName(name);
  registry.registerMetric(
    new GroupHistogram({
      name,
      help: histogram.help ?? `Time from a TCP segment to its ACK (${measured.field}), by ${by(measured)}.`,
      buckets: checkBuckets(histogram.buckets ?? defaultBuckets),
      labelNames: calledLabels(measured.labelNames, histogram.labelNames ?? {}),
      groups: measured.groups,
    }),
  );
  if (ownMetrics) addOwnMetrics(registry, measured, succeededAt);
  return registry;
}

function by({ labelNames }: MeasurementResult): string {
  return labelNames.length === 0 ? 'nothing' : labelNames.join(', ');
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

function calledLabels(
  labels: readonly string[],
  others: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  for (const label of Object.keys(others)) {
    if (labels.includes(label)) continue;
    const near = nearestNames(label, labels, 1).map((other) => ` Did you mean "${other}"?`);
    throw new RttsharkError('usage', `There is no label "${label}" to be called otherwise.`, {
      hint: `The labels are ${labels.join(', ') || 'none'}.${near.join('')}`,
    });
  }
  const called = new Map(labels.map((label) => [label, others[label] ?? label]));
  for (const name of called.values()) checkLabelName(name);
  if (new Set(called.values()).size < called.size) {
    throw new RttsharkError(
      'usage',
      `Two labels would have the same name: ${[...called.values()].join(', ')}.`,
    );
  }
  return called;
}
