import { RttsharkError } from '../errors.ts';
import { nearestNames } from '../nearest.ts';
import type { MeasurementResult } from '../measure/statistics.ts';
import { checkBuckets, defaultBuckets } from './buckets.ts';
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

/** The same with nothing left open. */
export interface HistogramLayout {
  readonly name: string;
  readonly help: string;
  /** What each label is called, in the order of the labels. */
  readonly labelNames: ReadonlyMap<string, string>;
  /** Upper bounds without the infinite one. */
  readonly buckets: readonly number[];
}

/**
 * Checks what was asked for and fills in the rest.
 *
 * @throws RttsharkError `usage` for names that Prometheus does not take, labels that there are not or that would be
 *   called alike, and buckets that do not grow
 */
export function histogramLayout(
  measured: Pick<MeasurementResult, 'name' | 'field' | 'unit' | 'labelNames'>,
  options: HistogramOptions = {},
): HistogramLayout {
  const { labelNames } = measured;
  const name = options.name ?? `rttshark_${measured.name}_${measured.unit}`;
  checkMetricName(name);
  const by = labelNames.length === 0 ? '' : `, by ${labelNames.join(', ')}`;
  return {
    name,
    help: options.help ?? `Time from a TCP segment to its ACK (${measured.field})${by}.`,
    labelNames: calledLabels(labelNames, options.labelNames ?? {}),
    buckets: checkBuckets(options.buckets ?? defaultBuckets),
  };
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
