import { groupRows } from '../table/group-rows.ts';
import type { AnyTable } from '../table/table.ts';
import { labelFields } from './measurement.ts';
import type { PacketCounter } from './packet-counter.ts';
import { presentColumns, rowLabels, type RowLabelOptions } from './row-labels.ts';

export interface CounterCollectorOptions extends RowLabelOptions {
  readonly counters: readonly PacketCounter[];
}

/**
 * Goes through the packets of a table that are counted, once for each counter that counts them.
 *
 * @param packets - with the columns of `counterSchema`
 * @param find - what the packets with these values of the labels go to; asked once for each set of raw fields
 * @param take - is given that, and the number of the counter
 */
export function eachCounted<Target extends object>(
  packets: AnyTable,
  options: CounterCollectorOptions,
  find: (labelValues: readonly string[]) => Target,
  take: (target: Target, counter: number) => void,
): void {
  const { counters, labels } = options;
  if (counters.length === 0) return;
  const keys = presentColumns(packets, labelFields(labels));
  const { groupOf } = groupRows(keys, packets.rowCount);
  const labelsAt = rowLabels(packets, options, 'tcp');
  const known: Target[] = [];
  counters.forEach(({ field, isFlag = false }, counter) => {
    const column = packets.column(field);
    for (let row = 0; row < packets.rowCount; row++) {
      const value = column.get(row);
      if (value === null || (isFlag && !isTrue(value))) continue;
      take((known[groupOf[row] ?? 0] ??= find(labelsAt(row))), counter);
    }
  });
}

/** tshark prints what is true as a number before 4.2, and as a word since. */
function isTrue(value: unknown): boolean {
  return (
    value === true ||
    value === 1 ||
    (typeof value === 'string' && /(?:^|[^\w])(?:1|True)(?:[^\w]|$)/.test(value))
  );
}
