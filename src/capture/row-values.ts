import type { ColumnType, ValueOf } from '../table/schema.ts';
import type { AnyTable } from '../table/table.ts';

/** What tells the values of one row from those of another. */
export type RowValue = number | string | null;

/** Of each row one value, which is the same where the row has the same values in all of these columns. */
export function rowValues(rows: AnyTable, fields: readonly string[]): RowValue[] {
  const columns = fields.map((field) => rows.column(field));
  return Array.from({ length: rows.rowCount }, (_, row) => {
    const values = columns.map((column) => column.get(row));
    // Texts hold no tab, as rows of tshark's do not; an empty one is not the same as none.
    return values.map((value) => (value === null ? '' : `=${textOf(value)}`)).join('\t');
  });
}

/** Between the values of a list, where no text has one of its own that a packet did not put there. */
const between = '\u0000';

function textOf(value: ValueOf<ColumnType>): string {
  return Array.isArray(value) ? value.map(String).join(between) : String(value);
}
