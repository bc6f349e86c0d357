import { rowRange } from '../arrow/row-range.ts';
import type { Column } from '../table/column.ts';
import { concatColumns } from '../table/concat.ts';
import type { Schema } from '../table/schema.ts';
import type { AnyTable } from '../table/table.ts';

/** The columns of a row group, by name, in their order. */
export type GroupColumns = ReadonlyMap<string, Column>;

/**
 * Half a gigabyte of columns would be in memory for a hundred thousand rows of a thousand columns: row groups get
 * smaller the more columns there are.
 */
const maxBytes = 64 * 1024 * 1024;
const bytesOfValue = 8;
const fewestRows = 1000;

/** And the longer texts are: a payload in each packet would be as much. Counted table by table. */
const maxTextLength = 64 * 1024 * 1024;

/** Rows of a table from `start` to before `end`. */
interface Part {
  readonly table: AnyTable;
  readonly start: number;
  readonly end: number;
}

/** Collects tables until there are rows for a row group. */
export class PendingRows {
  readonly #schema: Schema;
  readonly #groupRows: number;
  #parts: Part[] = [];
  #rowCount = 0;
  #textLength = 0;

  constructor(schema: Schema, groupRows: number) {
    this.#schema = schema;
    const width = Math.max(1, Object.keys(schema).length) * bytesOfValue;
    this.#groupRows = Math.min(groupRows, Math.max(fewestRows, Math.floor(maxBytes / width)));
  }

  /** The row groups that are full with that table. */
  *add(table: AnyTable): Generator<GroupColumns, void, undefined> {
    let start = 0;
    while (this.#rowCount + table.rowCount - start >= this.#groupRows) {
      const end = start + this.#groupRows - this.#rowCount;
      this.#keep({ table, start, end });
      start = end;
      yield this.#take();
    }
    if (start < table.rowCount) this.#keep({ table, start, end: table.rowCount });
    if (this.#textLength >= maxTextLength) yield this.#take();
  }

  /** What there is beside full row groups. */
  *rest(): Generator<GroupColumns, void, undefined> {
    if (this.#rowCount > 0) yield this.#take();
  }

  #keep(part: Part): void {
    this.#parts.push(part);
    this.#rowCount += part.end - part.start;
    this.#textLength += textLength(part.table);
  }

  #take(): GroupColumns {
    const parts = this.#parts;
    this.#parts = [];
    this.#rowCount = 0;
    this.#textLength = 0;
    return new Map(
      Object.entries(this.#schema).map(([name, type]) => {
        const columns = parts.map(({ table, start, end }) => rowRange(table.column(name), start, end));
        const [only] = columns;
        return [name, only !== undefined && columns.length === 1 ? only : concatColumns(type, columns)];
      }),
    );
  }
}

/** How long all distinct texts of a table are, and what its lists hold. */
function textLength(table: AnyTable): number {
  let length = 0;
  for (const name of table.columnNames) {
    const column = table.column(name);
    for (const text of (column.lists?.elements ?? column).dictionary) length += text.length;
    length += (column.lists?.elements.values.length ?? 0) * bytesOfValue;
  }
  return length;
}
