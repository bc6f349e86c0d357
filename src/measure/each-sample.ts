import { groupRows } from '../table/group-rows.ts';
import type { AnyTable } from '../table/table.ts';
import type { LabelSource } from './labels.ts';
import { carriedProtocol, labelFields, timeField, type Measurement } from './measurement.ts';
import { rowLabels, type RowLabelOptions } from './row-labels.ts';

export interface CollectorOptions extends RowLabelOptions {
  readonly measurement: Measurement;
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
  const labelsAt = rowLabels(packets, options, carriedProtocol(measurement));
  const targets: Target[] = [];
  for (let row = 0; row < packets.rowCount; row++) {
    const value = values.get(row);
    if (typeof value !== 'number') continue;
    const time = times.get(row);
    const target = (targets[groupOfRow[row] ?? 0] ??= targetOf(labelsAt(row)));
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
