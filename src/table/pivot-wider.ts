import { RttsharkError } from '../errors.ts';
import { first } from './aggregates.ts';
import type { Aggregate } from './aggregate.ts';
import type { Column } from './column.ts';
import { commonLength, named, namesOf } from './columns.ts';
import type { ColumnName, Columns } from './columns.ts';
import { aggregateGroups } from './group-by.ts';
import type { Aggregates, ResultOf } from './group-by.ts';
import { groupRows } from './group-rows.ts';
import type { ColumnType, Schema } from './schema.ts';
import { takeFrom } from './take.ts';
import { noRow, takeFromOrNull } from './take-or-null.ts';
import { valueTexts } from './value-texts.ts';

export interface WiderOptions<
  S extends Schema,
  N extends ColumnName<S>,
  V extends ColumnName<S> | Aggregate<ColumnName<S> | undefined>,
  B extends ColumnName<S>,
  C extends string = string,
> {
  /** The column whose values become the names of new columns; null becomes `null`. */
  readonly names: N;
  /** The column that fills them, of which there must be one value a cell; or an aggregate: `sum('tcp.len')`. */
  readonly values: V;
  /** The columns that tell the rows of the result apart; by default all that are neither names nor values. */
  readonly by?: readonly B[];
  /** What new columns' names begin with; nothing by default, so that names of digits alone come before all others. */
  readonly prefix?: string;
  /** The new columns, in order; by default all that occur, in order of first appearance. */
  readonly columns?: readonly C[];
}

type CellType<S extends Schema, V> = V extends keyof S ? S[V] : ResultOf<S, V>;

type RestOf<S extends Schema, N, V> = Exclude<keyof S, N | (V extends { readonly column: infer K } ? K : V)>;

/** The columns `B` of `S`, all but names and values by default, then the columns `C`. */
export type Wider<S extends Schema, N, V, B extends PropertyKey, C extends string> = {
  readonly [K in ([B] extends [never] ? RestOf<S, N, V> : B) | C]: K extends C
    ? Extract<CellType<S, V>, ColumnType>
    : S[K & keyof S];
};

/**
 * Rows with equal keys put beside each other: one row for each combination of keys, in order of first appearance, and
 * a column for each value of `names`, null where there is no row for it.
 *
 * Throws RttsharkError `usage` for unknown names, for two rows that belong into one cell where no aggregate says what
 * becomes of them, for a value of `names` that is none of `columns`, and for two columns of one name.
 */
export function pivotWider<
  S extends Schema,
  N extends ColumnName<S>,
  V extends ColumnName<S> | Aggregate<ColumnName<S> | undefined>,
  B extends ColumnName<S>,
>(
  columns: Columns<S>,
  { names, values, by, prefix = '', columns: wanted }: WiderOptions<S, N, V, B>,
): Columns<Schema> {
  const aggregate: Aggregate = typeof values === 'string' ? first(values) : values;
  const keys: readonly string[] =
    by ?? namesOf(columns).filter((name) => name !== names && name !== aggregate.column);
  const cellKeys = [...keys, names];
  // Longer than every key, and so the name of none.
  const cell = `${cellKeys.join(' ')} cell`;
  const cells: Columns<Schema> = aggregateGroups<Schema, string, Aggregates<Schema>>(columns, cellKeys, {
    [cell]: aggregate,
  });
  const cellCount = commonLength(cells);
  if (typeof values === 'string' && cellCount < commonLength(columns)) throw severalInACell(names, values);

  // Cells are in the order of their first rows: so rows and columns are in order of first appearance too.
  const { groupOf, groupCount, firstRows } = groupRows(
    keys.map((key) => named(cells, key)),
    cellCount,
  );
  const rowCount = cellCount === 0 ? 0 : groupCount;
  const labels = labelsOf(named(cells, names), prefix);
  const cellsOf = new Map((wanted ?? labels).map((label) => [label, new Uint32Array(rowCount).fill(noRow)]));
  for (const [at, label] of labels.entries()) {
    const found = cellsOf.get(label) ?? refuseLabel(names, label, [...cellsOf.keys()]);
    const row = groupOf[at] ?? 0;
    // A null and the text "null" have one label.
    if (found[row] !== noRow) throw severalInACell(names, label);
    found[row] = at;
  }
  const clash = keys.find((key) => cellsOf.has(key));
  if (clash !== undefined) throw new RttsharkError('usage', `Two columns would be called "${clash}".`);
  const results = named(cells, cell);
  return Object.fromEntries([
    ...keys.map((key): [string, Column] => [key, takeFrom(named(cells, key), firstRows.slice(0, rowCount))]),
    ...Array.from(cellsOf, ([label, rows]): [string, Column] => [label, takeFromOrNull(results, rows)]),
  ]);
}

function labelsOf(column: Column, prefix: string): string[] {
  const textAt = valueTexts(column);
  return Array.from(column, (value, row) => {
    // Zeros of both signs are one key, and one column.
    const text = value === null || value === 0 ? String(value) : textAt(row);
    return prefix + text;
  });
}

function severalInACell(names: string, values: string): RttsharkError {
  return new RttsharkError(
    'usage',
    `Several rows have the same keys and the same "${names}", for "${values}".`,
    {
      hint: 'Say what becomes of them with an aggregate, as in "values: mean(\'rtt\')".',
    },
  );
}

function refuseLabel(names: string, label: string, known: readonly string[]): never {
  const list = known.map((name) => `"${name}"`).join(', ');
  throw new RttsharkError(
    'usage',
    `The column "${names}" gives a column "${label}", which is none of ${list}.`,
  );
}
