import type { Column } from './column.ts';
import type { FormatOptions } from './format-table.ts';
import type { RowOf, Schema } from './schema.ts';
import type { CsvOptions } from './to-csv.ts';
import type { JsonLinesOptions } from './to-json-lines.ts';

/**
 * What can be read of a table whose columns are not known when the program is written. Every `Table<S>` is one, while
 * a `Table<S>` is no `Table<Schema>`, for it cannot be asked for any name.
 */
export interface AnyTable {
  readonly schema: Schema;
  readonly columnNames: readonly string[];
  readonly rowCount: number;
  column(name: string): Column;
  row(index: number): RowOf<Schema>;
  slice(start: number, end?: number): AnyTable;
  rows(): Generator<RowOf<Schema>, void, undefined>;
  toCsv(options?: CsvOptions): string;
  csvChunks(options?: CsvOptions): Generator<string, void, undefined>;
  toJsonLines(options?: JsonLinesOptions): string;
  jsonLineChunks(options?: JsonLinesOptions): Generator<string, void, undefined>;
  toObjects(): RowOf<Schema>[];
  toString(options?: FormatOptions): string;
}
