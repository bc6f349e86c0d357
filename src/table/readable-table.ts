import type { Column } from './column.ts';
import { commonLength, named, namesOf, recordOf } from './columns.ts';
import type { ColumnName, Columns } from './columns.ts';
import { formatTable } from './format-table.ts';
import type { FormatOptions } from './format-table.ts';
import type { RowOf, Schema } from './schema.ts';
import { csvChunks, toCsv } from './to-csv.ts';
import type { CsvOptions } from './to-csv.ts';
import { toColumns } from './to-columns.ts';
import type { ColumnArrays } from './to-columns.ts';
import { jsonLineChunks, toJsonLines } from './to-json-lines.ts';
import type { JsonLinesOptions } from './to-json-lines.ts';
import { rowObjects, toObjects } from './to-objects.ts';

/** Set by the class, which alone can see them. */
let columnsIn: <S extends Schema>(table: ReadableTable<S>) => Columns<S>;

/** What can be read of a table: its columns and rows, and the texts of them. */
export class ReadableTable<S extends Schema> {
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

  column<K extends ColumnName<S>>(name: K): Column<S[K]> {
    return named(this.#columns, name);
  }

  /** A new object of the row's values. Throws RangeError where there is no such row. */
  row(index: number): RowOf<S> {
    if (!Number.isInteger(index) || index < 0 || index >= this.rowCount) {
      throw new RangeError(`There is no row ${index} in a table of ${this.rowCount} rows.`);
    }
    return rowObjects(this.#columns)(index);
  }

  /** All rows in order, each a new object. */
  *rows(): Generator<RowOf<S>, void, undefined> {
    const objectAt = rowObjects(this.#columns);
    for (let index = 0; index < this.rowCount; index++) yield objectAt(index);
  }

  static {
    columnsIn = (table) => table.#columns;
  }

  /** The table as CSV by RFC 4180; see `CsvOptions`. Null is an empty field, empty text is `""`. */
  toCsv(options: CsvOptions = {}): string {
    return toCsv(this.#columns, options);
  }

  /** The same in pieces, so that a large table is never one string. */
  csvChunks(options: CsvOptions = {}): Generator<string, void, undefined> {
    return csvChunks(this.#columns, options);
  }

  /** The table as JSON lines, an object a row; see `JsonLinesOptions`. Times are strings of decimal seconds. */
  toJsonLines(options: JsonLinesOptions = {}): string {
    return toJsonLines(this.#columns, options);
  }

  /** The same in pieces. */
  jsonLineChunks(options: JsonLinesOptions = {}): Generator<string, void, undefined> {
    return jsonLineChunks(this.#columns, options);
  }

  /** A new array of new objects, one for each row. */
  toObjects(): RowOf<S>[] {
    return toObjects(this.#columns);
  }

  /** New arrays of the values, by the names of the columns. */
  toColumns(): ColumnArrays<S> {
    return toColumns(this.#columns);
  }

  /** The table as people read it, in lines of 80 characters and ten rows by default. */
  toString(options: FormatOptions = {}): string {
    return formatTable(this.#columns, options);
  }

  /** What `console.log(table)` prints: lines as wide as the terminal. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString({ width: process.stdout.columns || 80 });
  }
}

/** All columns of a table, for the verbs. */
export function columnsOf<S extends Schema>(table: ReadableTable<S>): Columns<S> {
  return columnsIn(table);
}
