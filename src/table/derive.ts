import { ColumnBuilder } from './column-builder.ts';
import { commonLength, namesOf, recordOf } from './columns.ts';
import type { Columns } from './columns.ts';
import { rowCursor } from './row-cursor.ts';
import type { RowOf, Schema, ValueOf } from './schema.ts';

/** Columns to compute: for each name a type, and its value in a row. The row is valid during the call only. */
export type Derivations<S extends Schema, D extends Schema> = {
  readonly [K in keyof D]: {
    readonly type: D[K];
    readonly value: (row: RowOf<S>, index: number) => ValueOf<D[K]> | null;
  };
};

/** `S` with the columns of `D`: new ones at the end, those of the same name in the place of the old. */
export type Derived<S extends Schema, D extends Schema> = {
  readonly [K in keyof S | keyof D]: K extends keyof D ? D[K] : K extends keyof S ? S[K] : never;
};

/**
 * Computes columns. Every function sees the rows as they were, never another derived column.
 *
 * Throws RttsharkError `usage` where a function gives a value that does not fit its type.
 */
export function derive<S extends Schema, D extends Schema>(
  columns: Columns<S>,
  derivations: Derivations<S, D>,
): Columns<Derived<S, D>> {
  const rowCount = commonLength(columns);
  const { row, moveTo } = rowCursor(columns);
  const derived = recordOf<Columns<D>>(namesOf(derivations), (name) => {
    const { type, value } = derivations[name];
    const builder = new ColumnBuilder(type, name, rowCount);
    for (let index = 0; index < rowCount; index++) {
      moveTo(index);
      builder.append(value(row, index));
    }
    return builder.finish();
  });
  return { ...columns, ...derived } as Columns<Derived<S, D>>;
}
