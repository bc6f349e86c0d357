import { ColumnBuilder } from './column-builder.ts';
import { commonLength, named, namesOf, recordOf, unknownColumn } from './columns.ts';
import type { ColumnName, Columns } from './columns.ts';
import type { RowOf, Schema } from './schema.ts';
import { Table } from './table.ts';

type Builders<S extends Schema> = { readonly [K in keyof S]: ColumnBuilder<S[K]> };

/**
 * Collects a table, column by column or row by row.
 *
 * ```ts
 * const builder = new TableBuilder({ time: 'time', rtt: 'float64', src: 'text' });
 * const rtt = builder.column('rtt');
 * rtt.append(0.0012); // fast: one column builder, kept over all chunks
 * builder.appendRow({ time: 0n, rtt: null, src: '10.0.0.1' }); // convenient
 * ```
 */
export class TableBuilder<S extends Schema> {
  /** A frozen copy of the schema that was given. */
  readonly schema: S;
  readonly #builders: Builders<S>;

  constructor(schema: S) {
    this.schema = recordOf<S>(namesOf(schema), (name) => schema[name]);
    this.#builders = recordOf<Builders<S>>(
      namesOf(schema),
      (name) => new ColumnBuilder(named(schema, name), name),
    );
  }

  /** Rows appended so far: the length of the longest column, for while a row is being appended they differ. */
  get rowCount(): number {
    return Math.max(
      0,
      ...Object.values<{ readonly length: number }>(this.#builders).map(({ length }) => length),
    );
  }

  /** The same builder each time, also after `finish()`. Throws RttsharkError `usage` for an unknown name. */
  column<K extends ColumnName<S>>(name: K): ColumnBuilder<S[K]> {
    return named(this.#builders, name);
  }

  /**
   * Appends one value to every column; a property that is missing or undefined is null.
   *
   * Throws RttsharkError `usage` for a property that is no column and for a value that does not fit. After the
   * latter the columns before it hold one value more: throw the builder away.
   */
  appendRow(row: Partial<RowOf<S>>): void {
    for (const name of Object.keys(row)) {
      if (!Object.hasOwn(this.schema, name)) throw unknownColumn(name, Object.keys(this.schema));
    }
    for (const name of namesOf(this.schema)) this.#builders[name].append(row[name] ?? null);
  }

  /**
   * The table of everything appended since the start or the last `finish()`, after which the builder is empty and
   * can be used for the next chunk. Throws RttsharkError `usage`, changing nothing, where columns differ in length.
   */
  finish(): Table<S> {
    commonLength(this.#builders);
    return new Table(recordOf<Columns<S>>(namesOf(this.schema), (name) => this.#builders[name].finish()));
  }
}
