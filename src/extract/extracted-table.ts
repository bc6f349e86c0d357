import { asAsked } from '../capture/field-schema.ts';
import { Column } from '../table/column.ts';
import { Table } from '../table/table.ts';
import type { ChosenColumns } from './chosen-columns.ts';

/**
 * The table that was asked for, of rows as they were read.
 *
 * @param rows - with a column for each field
 * @param input - the input that they are from
 */
export function extractedTable(
  rows: Table,
  { fields, schema, inputColumn }: ChosenColumns,
  input: string,
): Table {
  const asked = asAsked(fields, rows);
  const columns = Object.keys(schema).map((name): [string, Column] => [
    name,
    name === inputColumn ? sameText(input, rows.rowCount) : asked.column(name),
  ]);
  return new Table(Object.fromEntries(columns));
}

function sameText(text: string, length: number): Column<'text'> {
  return new Column({ type: 'text', values: new Uint32Array(length), dictionary: [text] });
}
