import { ColumnBuilder } from './column-builder.ts';
import type { ColumnBlock } from './column-builder.ts';
import { commonLength, namesOf, recordOf } from './columns.ts';
import type { Columns } from './columns.ts';
import { rowCursor } from './row-cursor.ts';
import type { ColumnType, RowOf, Schema, ValueOf } from './schema.ts';

/** Columns to compute: for each name a type, and its value in a row. The row is valid during the call only. */
export type Derivations<S extends Schema, D extends Schema> = {
  readonly [K in keyof D]: {
    readonly type: D[K];
    readonly value: (row: RowOf<S>, index: number) => ValueOf<D[K]> | null;
  };
};

type Value = ValueOf<ColumnType>;

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
    const block: ColumnBlock<ColumnType> = builder.appendBlock(rowCount);
    const valueAt = (index: number): Value | null => {
      moveTo(index);
      return value(row, index);
    };
    if (block.values instanceof Float64Array) fillFloats(block, block.values, rowCount, valueAt);
    else fill(block, rowCount, valueAt);
    return builder.finish();
  });
  return { ...columns, ...derived } as Columns<Derived<S, D>>;
}

function fill(
  block: ColumnBlock<ColumnType>,
  rowCount: number,
  valueAt: (index: number) => Value | null,
): void {
  for (let index = 0; index < rowCount; index++) {
    const value = valueAt(index);
    if (value === null) block.setNull(index);
    else block.set(index, value);
  }
}

/** The same for the type that most is computed in: straight into storage. */
function fillFloats(
  block: ColumnBlock<ColumnType>,
  values: Float64Array,
  rowCount: number,
  valueAt: (index: number) => Value | null,
): void {
  for (let index = 0; index < rowCount; index++) {
    const value = valueAt(index);
    if (typeof value === 'number') values[index] = value;
    else if (value === null) block.setNull(index);
    else block.set(index, value);
  }
}
