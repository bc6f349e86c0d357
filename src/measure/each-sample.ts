import { groupRows } from '../table/group-rows.ts';
import type { AnyTable } from '../table/table.ts';
import type { LabelSource } from './labels.ts';
import { labelValue } from './label-values.ts';
import { carriedProtocol, labelFields, timeField, type Measurement } from './measurement.ts';
import { networkOf, type NetworkPrefix } from './network-prefix.ts';

export interface CollectorOptions {
  readonly measurement: Measurement;
  /** What the samples are grouped by; none puts all into one group. */
  readonly labels: readonly LabelSource[];
  /** Put before the numbers of TCP streams, which tshark counts anew in each capture. */
  readonly streamPrefix?: string;
  /** Between several occurrences of a field in one packet. */
  readonly occurrenceSeparator: string;
  /** Puts the networks of `src` and `dst` in the place of their addresses. */
  readonly prefix?: NetworkPrefix | undefined;
}

/**
 * Goes through the samples of a table of packets, row after row: several sets of raw fields can have the same labels,
 * and a running sum depends on the order. Labels are worked out once for each set of raw fields, at its first sample.
 *
 * @param packets - with the columns of `measurementSchema`; rows without a value are no samples
 * @param targetOf - what the samples with these values of the labels go to
 * @param take - is given the value, the time in nanoseconds since the epoch, null where there is none, and the row
 */
export function eachSample<Target extends object>(
  packets: AnyTable,
  options: CollectorOptions,
  targetOf: (labelValues: readonly string[]) => Target,
  take: (target: Target, value: number, time: bigint | null, row: number) => void,
): void {
  const { measurement, labels } = options;
  const times = packets.column(timeField);
  const values = packets.column(measurement.field);
  const keys = labelFields(labels, carriedProtocol(measurement)).map((name) => packets.column(name));
  const groupOfRow = groupNumbers(groupRows(keys, packets.rowCount), packets.rowCount);
  const targets: Target[] = [];
  for (let row = 0; row < packets.rowCount; row++) {
    const value = values.get(row);
    if (typeof value !== 'number') continue;
    const time = times.get(row);
    const target = (targets[groupOfRow[row] ?? 0] ??= targetOf(labelValues(packets, row, options)));
    take(target, value, typeof time === 'bigint' ? time : null, row);
  }
}

/** The labels' names and the values of one group. */
export function labelsOf(
  labels: readonly LabelSource[],
  values: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(labels.map(({ label }, i) => [label, values[i] ?? '']));
}

function groupNumbers({ rows, offsets, groupCount }: ReturnType<typeof groupRows>, rowCount: number) {
  const numbers = new Uint32Array(rowCount);
  for (let group = 0; group < groupCount; group++) {
    for (let at = offsets[group] ?? 0; at < (offsets[group + 1] ?? 0); at++) numbers[rows[at] ?? 0] = group;
  }
  return numbers;
}

function labelValues(
  packets: AnyTable,
  row: number,
  { measurement, labels, streamPrefix = '', occurrenceSeparator, prefix }: CollectorOptions,
): string[] {
  const field = (name: string) => {
    const value = packets.column(name).get(row);
    if (typeof value === 'string') return value.split(occurrenceSeparator);
    return value === null ? [] : [String(value)];
  };
  const carried = carriedProtocol(measurement);
  return labels.map(({ source }) => {
    const value = labelValue(source, field, carried);
    if (source === 'stream') return value === '' ? '' : streamPrefix + value;
    if (prefix !== undefined && (source === 'src' || source === 'dst')) return networkOf(value, prefix);
    return value;
  });
}
