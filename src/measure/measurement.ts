import type { ColumnType, Schema } from '../table/schema.ts';
import { fieldsOfLabel } from './label-values.ts';
import type { LabelOrigin, LabelSource } from './labels.ts';

/** What the numbers of a field count. */
export type FieldUnit = 'seconds' | 'milliseconds' | 'microseconds' | 'nanoseconds';

/** What the samples of a measurement become: counts in buckets, or quantiles. */
export const metricTypes = ['histogram', 'summary'] as const;

export type MetricType = (typeof metricTypes)[number];

/** What is observed: a duration that tshark gives some packets. */
export interface Measurement {
  /** As in `tcp_ack_rtt`: a metric is `rttshark_<name>_seconds`. */
  readonly name: string;
  /** The tshark field that holds the value. */
  readonly field: string;
  /** Of every result, whatever the field counts. */
  readonly unit: 'seconds';
  /** What the field counts: seconds by default. */
  readonly fieldUnit?: FieldUnit | undefined;
  /** What it is, as a phrase. */
  readonly title: string;
  /** A display filter that packets must pass too. */
  readonly filter?: string | undefined;
  /** Take the first value of each TCP connection only, where tshark repeats it in every packet. */
  readonly oncePerConnection?: boolean | undefined;
  /** Labels of its own, behind those that all samples are grouped by. */
  readonly labels?: Readonly<Record<string, LabelOrigin>> | undefined;
  /** Upper bounds of its histogram in seconds, ascending, where the usual ones do not fit. */
  readonly buckets?: readonly number[] | undefined;
  /** `histogram` by default. */
  readonly metric?: MetricType | undefined;
}

/** The time from a TCP segment, as seen at the capture point, to its ACK: the way from there to `src` and back. */
export const tcpAckRtt: Measurement = {
  name: 'tcp_ack_rtt',
  field: 'tcp.analysis.ack_rtt',
  unit: 'seconds',
  title: 'time from a TCP segment to its ACK',
};

/** The name of the column with a packet's time. */
export const timeField = 'frame.time_epoch';

/** What tells the order of a packet's layers: it is only looked at up to the last TCP. */
export const fieldsOfLayers: readonly string[] = ['frame.protocols'];

/** What tells where a packet is found again. */
export const originSchema = { 'frame.number': 'uint32', 'tcp.stream': 'text' } as const satisfies Schema;

/** What results tell of their measurement. */
export function aboutMeasurement({ name, field, unit, title, buckets, metric }: Measurement) {
  return {
    ...{ name, field, unit, title },
    ...(buckets === undefined ? {} : { buckets }),
    ...(metric === undefined ? {} : { metric }),
  };
}

/** The protocol that a field belongs to, whose ends are `src` and `dst`: `tcp`, `dns`. */
export function carriedProtocol({ field }: Pick<Measurement, 'field'>): string {
  return field.split('.', 1)[0] ?? '';
}

/**
 * Whether the column of a measurement's field holds its values as they are: seconds, of which the innermost
 * connection's is meant. Else it holds tshark's text, with every occurrence.
 */
export function isReadAsNumber({ field, fieldUnit = 'seconds' }: Measurement): boolean {
  return fieldUnit === 'seconds' && carriedProtocol({ field }) === 'tcp';
}

/** The text fields that the labels are made of, each once. */
export function labelFields(labels: readonly LabelSource[], carried = 'tcp'): string[] {
  return [...new Set(labels.flatMap(({ source }) => fieldsOfLabel(source, carried)))];
}

/** The labels of a measurement's groups: those that were asked for, then its own. */
export function labelsOfMeasurement(
  { labels = {} }: Measurement,
  asked: readonly LabelSource[],
): readonly LabelSource[] {
  const own = Object.entries(labels).map(([label, source]) => ({ label, source }));
  return own.length === 0 ? asked : [...asked.filter(({ label }) => !Object.hasOwn(labels, label)), ...own];
}

/** The columns to be asked of tshark: the time, the value, and what the labels are made of. */
export function measurementSchema(measurement: Measurement, labels: readonly LabelSource[]): Schema {
  const valueType: ColumnType = isReadAsNumber(measurement) ? 'float64' : 'text';
  const texts = [
    ...labelFields(labels, carriedProtocol(measurement)),
    ...(measurement.oncePerConnection === true ? ['tcp.stream'] : []),
  ];
  return {
    [timeField]: 'time',
    [measurement.field]: valueType,
    ...Object.fromEntries(texts.map((field) => [field, 'text'] as const)),
  };
}
