import { frameField } from '../capture/row-span.ts';
import { columnOf } from '../table/column-builder.ts';
import type { Column } from '../table/column.ts';
import { recordOf } from '../table/columns.ts';
import type { Schema } from '../table/schema.ts';
import { Table, type AnyTable } from '../table/table.ts';

/**
 * Rows of a tshark of many that follow each other, with the columns that were asked for: where the packet's number is one
 * of them, it is that in the whole capture. Pure.
 *
 * @param packets - the numbers of the rows' packets in the whole capture, 0 for the first
 */
export function numberedRows(rows: AnyTable, packets: Float64Array, read: Schema): AnyTable {
  return new Table(
    recordOf(Object.keys(read), (name) => (name === frameField ? numbers(packets, read) : rows.column(name))),
  );
}

function numbers(packets: Float64Array, read: Schema): Column {
  // Behind 2^32 - 1 they begin again from 0, as tshark's own do.
  const counted = Array.from(packets, (packet) => (packet + 1) >>> 0);
  const type = read[frameField];
  if (type === 'list<uint32>')
    return columnOf(
      type,
      counted.map((number) => [number]),
      frameField,
    );
  return columnOf('uint32', counted, frameField);
}
