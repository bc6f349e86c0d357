import type { Column } from '../table/column.ts';
import { concatColumns } from '../table/concat.ts';
import type { Schema } from '../table/schema.ts';
import { Table } from '../table/table.ts';
import type { AnyTable } from '../table/table.ts';

/**
 * Half a gigabyte of columns would be in memory for a hundred thousand rows of a thousand columns: row groups get
 * smaller the more columns there are.
 */
const maxBytes = 64 * 1024 * 1024;
const bytesOfValue = 8;
const fewestRows = 1000;

/** Collects tables until there are rows for a row group. */
export class PendingRows {
  readonly #schema: Schema;
  readonly #groupRows: number;
  #tables: AnyTable[] = [];
  #rowCount = 0;

  constructor(schema: Schema, groupRows: number) {
    this.#schema = schema;
    const width = Math.max(1, Object.keys(schema).length) * bytesOfValue;
    this.#groupRows = Math.min(groupRows, Math.max(fewestRows, Math.floor(maxBytes / width)));
  }

  /** The row groups that are full with that table. */
  *add(table: AnyTable): Generator<AnyTable, void, undefined> {
    let rest = table;
    while (this.#rowCount + rest.rowCount >= this.#groupRows) {
      const missing = this.#groupRows - this.#rowCount;
      this.#keep(rest.slice(0, missing));
      rest = rest.slice(missing);
      yield this.#take();
    }
    if (rest.rowCount > 0) this.#keep(rest);
  }

  /** What there is beside full row groups. */
  *rest(): Generator<AnyTable, void, undefined> {
    if (this.#rowCount > 0) yield this.#take();
  }

  #keep(table: AnyTable): void {
    this.#tables.push(table);
    this.#rowCount += table.rowCount;
  }

  #take(): AnyTable {
    const tables = this.#tables;
    this.#tables = [];
    this.#rowCount = 0;
    const [only] = tables;
    if (only !== undefined && tables.length === 1) return only;
    const columns = Object.entries(this.#schema).map(([name, type]): [string, Column] => {
      const parts = tables.map((table) => table.column(name));
      return [name, concatColumns(type, parts)];
    });
    return new Table<Schema>(Object.fromEntries(columns));
  }
}
