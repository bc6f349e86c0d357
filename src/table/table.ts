import type { Column } from './column.ts';
import { commonLength, named, namesOf, recordOf } from './columns.ts';
import type { ColumnName, Columns } from './columns.ts';
import type { RowOf, Schema } from './schema.ts';

/** An immutable table: named, typed columns of equal length. Made by `TableBuilder`, `fromRows` or from columns. */
export class Table<S extends Schema = Schema> {
  /** Name to type, in order; frozen. */
  readonly schema: S;
  readonly columnNames: readonly ColumnName<S>[];
  readonly rowCount: number;
  readonly #columns: Columns<S>;

  /** Throws RttsharkError `usage` where the columns differ in length. */
  constructor(columns: Columns<S>) {
    this.rowCount = commonLength(columns);
    this.columnNames = Object.freeze(namesOf(columns));
    this.#columns = recordOf<Columns<S>>(this.columnNames, (name) => columns[name]);
    this.schema = recordOf<S>(this.columnNames, (name) => columns[name].type);
  }

  /** Throws RttsharkError `usage`, with the nearest and all known names, where there is no such column. */
  column<K extends ColumnName<S>>(name: K): Column<S[K]> {
    return named(this.#columns, name);
  }

  /** A new object of the row's values. Throws RangeError where there is no such row. */
  row(index: number): RowOf<S> {
    return recordOf<RowOf<S>>(this.columnNames, (name) => this.#columns[name].get(index));
  }

  *rows(): Generator<RowOf<S>, void, undefined> {
    for (let index = 0; index < this.rowCount; index++) yield this.row(index);
  }
}
