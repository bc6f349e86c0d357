import type { Column } from './column.ts';
import type { Columns } from './columns.ts';
import type { RowOf, Schema } from './schema.ts';

/** One object that shows one row of a table after the other. */
export interface RowCursor<S extends Schema> {
  /** Shows the row that the cursor was moved to last; spreading it (`{ ...row }`) gives a copy that stays. */
  readonly row: RowOf<S>;
  readonly moveTo: (index: number) => void;
}

/** A cursor on the first row. No value is read before it is asked for. */
export function rowCursor<S extends Schema>(columns: Columns<S>): RowCursor<S> {
  const entries = Object.entries<Column>(columns);
  const row: object = new Row(
    entries.map(([, column]) => column),
    gettersFor(entries),
  );
  return {
    row: row as RowOf<S>,
    moveTo: (index) => {
      moveRow(row, index);
    },
  };
}

/**
 * The getters of all rows of tables of one schema: engines compile the reading of objects that have the same ones, and
 * give up on objects that each have their own.
 */
const known = new Map<string, PropertyDescriptorMap>();
const mostKnown = 200;

function gettersFor(entries: readonly [string, Column][]): PropertyDescriptorMap {
  const key = JSON.stringify(entries.map(([name, column]) => [name, kindOf(column)]));
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size === mostKnown) known.clear();
  const getters = Object.fromEntries(
    entries.map(([name, column], at): [string, PropertyDescriptor] => [
      name,
      { enumerable: true, get: makeGetter(kindOf(column), at) },
    ]),
  );
  known.set(key, getters);
  return getters;
}

type Kind = 'floats' | 'int32' | 'uint32' | 'text' | 'any';

/** What comes right out of storage has a kind of its own. */
function kindOf({ type, validity }: Column): Kind {
  if (type === 'text') return 'text';
  if (validity !== undefined) return 'any';
  return type === 'float64' ? 'floats' : type === 'int32' || type === 'uint32' ? type : 'any';
}

let moveRow: (row: object, index: number) => void;
let makeGetter: (kind: Kind, at: number) => () => unknown;

/** What its getters read is out of sight of whoever is given a row. */
class Row {
  #index = 0;
  readonly #columns: readonly Column[];

  constructor(columns: readonly Column[], getters: PropertyDescriptorMap) {
    this.#columns = columns;
    Object.defineProperties(this, getters);
  }

  static {
    moveRow = (row, index) => {
      if (#index in row) row.#index = index;
    };
    // One function for each kind of storage, so that each of them sees arrays of one class only.
    const makers: Readonly<Record<Kind, (at: number) => (this: Row) => unknown>> = {
      floats: (at) =>
        function () {
          return this.#columns[at]?.values[this.#index];
        },
      int32: (at) =>
        function () {
          return this.#columns[at]?.values[this.#index];
        },
      uint32: (at) =>
        function () {
          return this.#columns[at]?.values[this.#index];
        },
      text: (at) =>
        function () {
          const column = this.#columns[at];
          if (column?.validity?.[this.#index] === 0) return null;
          return column?.dictionary[Number(column.values[this.#index])];
        },
      any: (at) =>
        function () {
          return this.#columns[at]?.get(this.#index);
        },
    };
    makeGetter = (kind, at) => makers[kind](at);
  }
}
