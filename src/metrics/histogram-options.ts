import { RttsharkError } from '../errors.ts';
import { defaultExponentialLayout, isSchema, type ExponentialLayout } from '../measure/exponential-counts.ts';
import { presets } from '../measure/presets.ts';
import { nearestNames } from '../nearest.ts';
import type { MeasurementResult } from '../measure/statistics.ts';
import { checkBuckets, defaultBuckets } from './buckets.ts';
import type { HistogramKind } from './metric-family.ts';
import { checkLabelName, checkMetricName } from './names.ts';

/** How the histogram of a measurement is called and cut. */
export interface HistogramOptions {
  /** The measurement's name with prefix and unit by default: `rttshark_tcp_ack_rtt_seconds`. */
  readonly name?: string | undefined;
  readonly help?: string | undefined;
  /** Other names for labels: `{ src: 'Source_IP' }`. */
  readonly labelNames?: Readonly<Record<string, string>> | undefined;
  /** Upper bounds in seconds, ascending; the measurement's own by default, or 50 µs to 10 s. */
  readonly buckets?: readonly number[] | undefined;
  /** Which buckets are given where a format has both; `classic` by default, those with bounds. */
  readonly kind?: HistogramKind | undefined;
  /** Of the exponential buckets: schema 3 and at most 160 of them by default. */
  readonly native?: Partial<ExponentialLayout> | undefined;
}

/** The same with nothing left open. */
export interface HistogramLayout {
  readonly name: string;
  readonly help: string;
  /** What each label is called, in the order of the labels. */
  readonly labelNames: ReadonlyMap<string, string>;
  /** Upper bounds without the infinite one. */
  readonly buckets: readonly number[];
  readonly kind: HistogramKind;
  /** Null where there are no exponential buckets. */
  readonly native: ExponentialLayout | null;
}

/** What a histogram's name, help and labels are made of. */
export type MeasuredName = Pick<
  MeasurementResult,
  'name' | 'field' | 'unit' | 'labelNames' | 'title' | 'buckets' | 'metric'
>;

/**
 * Checks what was asked for and fills in the rest.
 *
 * @throws RttsharkError `usage` for names that Prometheus does not take, labels that there are not or that would be
 *   called alike, buckets that do not grow, and exponential ones that cannot be
 */
export function histogramLayout(measured: MeasuredName, options: HistogramOptions = {}): HistogramLayout {
  const { labelNames } = measured;
  const name = options.name ?? `rttshark_${measured.name}_${measured.unit}`;
  checkMetricName(name);
  const { kind = 'classic' } = options;
  return {
    name,
    help: options.help ?? `${titleOf(measured)}${byLabels(labelNames)}.`,
    labelNames: calledLabels(labelNames, options.labelNames ?? {}),
    buckets: checkBuckets(options.buckets ?? measured.buckets ?? defaultBuckets),
    kind,
    native: kind === 'classic' ? null : exponentialLayout(options.native),
  };
}

/** The end of a help text: `, by src, dst`. */
export function byLabels(labelNames: readonly string[]): string {
  return labelNames.length === 0 ? '' : `, by ${labelNames.join(', ')}`;
}

/** As in `Time from a TCP segment to its ACK (tcp.analysis.ack_rtt)`. */
function titleOf({
  name,
  field,
  title = presets.find((preset) => preset.name === name)?.title,
}: MeasuredName): string {
  if (title === undefined || title === field) return `Durations of ${field}`;
  return `${title.charAt(0).toUpperCase()}${title.slice(1)} (${field})`;
}

/** @throws RttsharkError `usage` for a schema that is none, and for less than one bucket */
export function exponentialLayout(options: HistogramOptions['native'] = {}): ExponentialLayout {
  const { schema = defaultExponentialLayout.schema, maxBuckets = defaultExponentialLayout.maxBuckets } =
    options;
  if (!isSchema(schema)) {
    throw new RttsharkError('usage', `"${schema}" is no schema of a native histogram.`, {
      hint: 'It is a whole number from -4 (coarse) to 8 (fine).',
    });
  }
  if (!(maxBuckets >= 1)) {
    throw new RttsharkError('usage', `A native histogram cannot have "${maxBuckets}" buckets.`);
  }
  return { schema, maxBuckets };
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
  const called = labelsCalled(labels, others);
  for (const name of called.values()) checkLabelName(name);
  if (new Set(called.values()).size < called.size) {
    throw new RttsharkError(
      'usage',
      `Two labels would have the same name: ${[...called.values()].join(', ')}.`,
    );
  }
  return called;
}

/** What each label is called, in the order of the labels; those that are not named keep their names. */
export function labelsCalled(
  labels: readonly string[],
  others: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  return new Map(labels.map((label) => [label, others[label] ?? label]));
}
