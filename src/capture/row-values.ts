import type { AnyTable } from '../table/table.ts';

/** What tells the values of one row from those of another. */
export type RowValue = number | string | null;

/** Of each row one value, which is the same where the row has the same values in all of these columns. */
export function rowValues(rows: AnyTable, fields: readonly string[]): RowValue[] {
  const columns = fields.map((field) => rows.column(field));
  return Array.from({ length: rows.rowCount }, (_, row) => {
    const values = columns.map((column) => column.get(row));
    // Texts hold no tab, as rows of tshark's do not; an empty one is not the same as none.
    return values.map((value) => (value === null ? '' : `=${String(value)}`)).join('\t');
  });
}
