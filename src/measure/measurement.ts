import type { Schema } from '../table/schema.ts';
import type { LabelName, LabelSource } from './labels.ts';

/** What is observed. */
export interface Measurement {
  /** As in `tcp_ack_rtt`. */
  readonly name: string;
  /** The tshark field that holds the value: a duration in seconds. */
  readonly field: string;
  readonly unit: 'seconds';
  /** What it is, as a phrase. */
  readonly title: string;
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

const addressFields = ['frame.protocols', 'ip.src', 'ip.dst', 'ipv6.src', 'ipv6.dst'] as const;

const fieldsOfLabel: Readonly<Record<LabelName, readonly string[]>> = {
  src: addressFields,
  dst: addressFields,
  src_port: ['tcp.srcport'],
  dst_port: ['tcp.dstport'],
  stream: ['tcp.stream'],
  interface: ['frame.interface_name', 'frame.interface_id'],
};

/** The text fields that the labels are made of, each once. */
export function labelFields(labels: readonly LabelSource[]): string[] {
  return [...new Set(labels.flatMap(({ source }) => fieldsOfLabel[source]))];
}

/** The columns to be asked of tshark: the time, the value, and what the labels are made of. */
export function measurementSchema(measurement: Measurement, labels: readonly LabelSource[]): Schema {
  return {
    [timeField]: 'time',
    [measurement.field]: 'float64',
    ...Object.fromEntries(labelFields(labels).map((field) => [field, 'text'] as const)),
  };
}
