import type { Column } from '../table/column.ts';
import { numberGroups } from '../table/group-rows.ts';
import type { AnyTable } from '../table/table.ts';
import type { LabelSource } from './labels.ts';
import { carriedProtocol, labelFields, timeField, type Measurement } from './measurement.ts';
import { presentColumns, rowLabels, type RowLabelOptions } from './row-labels.ts';

export interface CollectorOptions extends RowLabelOptions {
  readonly measurement: Measurement;
}

/** The samples of a table, and what each goes to. */
export interface AssignedSamples<Target> {
  /** For each row of the table its value, where it is a sample. */
  readonly values: ArrayLike<number>;
  readonly targets: readonly Target[];
  /** For each row the number of its target; -1 where it is no sample. */
  readonly targetOf: Int32Array;
}

/** The number of no target. */
export const noTarget = -1;

/**
 * Finds the samples of a table of packets. Several sets of raw fields can have the same labels and so the same target.
 * Labels are worked out once for each set, at its first sample.
 *
 * @param packets - with the columns of `measurementSchema`; rows without a value are no samples
 * @param find - what the samples with these values of the labels go to
 * @param found - remembers what was found for each set of raw fields, from table to table
 */
export function assignSamples<Target extends object>(
  packets: AnyTable,
  options: CollectorOptions,
  find: (labelValues: readonly string[]) => Target,
  found?: Map<string, Target>,
): AssignedSamples<Target> {
  const { measurement, labels } = options;
  const { rowCount } = packets;
  const { values, validity } = numbersOf(packets.column(measurement.field));
  const keys = presentColumns(packets, labelFields(labels, carriedProtocol(measurement)));
  const { groupOf, groupCount } = numberGroups(keys, rowCount);
  const labelsAt = rowLabels(packets, options, carriedProtocol(measurement));
  const targets: Target[] = [];
  const numbers = new Map<Target, number>();
  const numberFor = (row: number): number => {
    const key = found === undefined ? '' : keyAt(keys, row);
    const target = found?.get(key) ?? find(labelsAt(row));
    found?.set(key, target);
    const number = numbers.get(target) ?? targets.push(target) - 1;
    numbers.set(target, number);
    return number;
  };
  const targetOfGroup = new Int32Array(groupCount).fill(noTarget);
  const targetOf = new Int32Array(rowCount).fill(noTarget);
  for (let row = 0; row < values.length; row++) {
    if (validity?.[row] === 0) continue;
    const group = groupOf[row] ?? 0;
    let number = targetOfGroup[group] ?? noTarget;
    if (number === noTarget) number = targetOfGroup[group] = numberFor(row);
    targetOf[row] = number;
  }
  return { values, targets, targetOf };
}

/** What tells the raw fields of a row from those of others: nothing that tshark prints holds a tab or a line end. */
function keyAt(keys: readonly Column[], row: number): string {
  let key = '';
  for (const column of keys) {
    const value = column.get(row);
    key += value === null ? '\t' : `${String(value)}\n`;
  }
  return key;
}

/** The numbers of a column; none where it holds something else. */
function numbersOf({ type, values, validity }: Column): {
  readonly values: ArrayLike<number>;
  readonly validity: ArrayLike<number> | undefined;
} {
  const isNumber = type === 'float64' || type === 'int32' || type === 'uint32';
  return { values: isNumber ? (values as ArrayLike<number>) : [], validity };
}

/**
 * Goes through the samples of a table of packets, row after row, for a running sum depends on the order.
 *
 * @param packets - with the columns of `measurementSchema`; rows without a value are no samples
 * @param find - what the samples with these values of the labels go to
 * @param take - is given the value, the time in nanoseconds since the epoch, null where there is none, and the row
 */
export function eachSample<Target extends object>(
  packets: AnyTable,
  options: CollectorOptions,
  find: (labelValues: readonly string[]) => Target,
  take: (target: Target, value: number, time: bigint | null, row: number) => void,
): void {
  const times = packets.column(timeField);
  const { values, targets, targetOf } = assignSamples(packets, options, find);
  for (let row = 0; row < targetOf.length; row++) {
    const target = targets[targetOf[row] ?? noTarget];
    if (target === undefined) continue;
    const time = times.get(row);
    take(target, values[row] ?? NaN, typeof time === 'bigint' ? time : null, row);
  }
}

/** The labels' names and the values of one group. */
export function labelsOf(
  labels: readonly LabelSource[],
  values: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(labels.map(({ label }, i) => [label, values[i] ?? '']));
}
