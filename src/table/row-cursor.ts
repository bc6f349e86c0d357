import type { ColumnName, Columns } from './columns.ts';
import { namesOf } from './columns.ts';
import type { RowOf, Schema } from './schema.ts';

/** One object that shows one row of a table after the other. */
export interface RowCursor<S extends Schema> {
  /** Shows the row that the cursor was moved to last; spreading it (`{ ...row }`) gives a copy that stays. */
  readonly row: RowOf<S>;
  readonly moveTo: (index: number) => void;
}

/** A cursor on the first row. No value is read before it is asked for. */
export function rowCursor<S extends Schema>(columns: Columns<S>): RowCursor<S> {
  let current = 0;
  const getter = (name: ColumnName<S>): [string, PropertyDescriptor] => {
    const column = columns[name];
    return [name, { enumerable: true, get: () => column.get(current) }];
  };
  const row = Object.defineProperties({}, Object.fromEntries(namesOf(columns).map(getter))) as RowOf<S>;
  return {
    row,
    moveTo: (index) => {
      current = index;
    },
  };
}
