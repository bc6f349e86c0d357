import { Column } from '../table/column.ts';
import { Table } from '../table/table.ts';
import type { ChosenColumns } from './chosen-columns.ts';

/**
 * The table that was asked for, of rows as they were read: its columns under their names, in their order.
 *
 * @param rows - with a column for each field
 * @param input - the input that they are from
 */
export function extractedTable(rows: Table, { columns }: ChosenColumns, input: string): Table {
  return new Table(
    Object.fromEntries(
      columns.map(({ name, field }) => [
        name,
        field === null ? sameText(input, rows.rowCount) : rows.column(field),
      ]),
    ),
  );
}

function sameText(text: string, length: number): Column<'text'> {
  return new Column({ type: 'text', values: new Uint32Array(length), dictionary: [text] });
}
