import { RttsharkError } from '../errors.ts';
import { Column } from './column.ts';
import { namesOf, recordOf } from './columns.ts';
import type { Columns } from './columns.ts';
import type { ColumnType, Schema } from './schema.ts';
import { storageOf } from './storage.ts';
import type { Validity } from './storage-kind.ts';

/**
 * The rows of all tables, one table after the other.
 *
 * All must have the columns of the first, of the same types, in any order; RttsharkError `usage` says where not.
 */
export function concat<S extends Schema>(first: Columns<S>, others: readonly Columns<S>[]): Columns<S> {
  for (const [index, other] of others.entries()) checkSameSchema(first, other, index + 2);
  if (others.length === 0) return first;
  return recordOf<Columns<S>>(namesOf(first), (name) =>
    concatColumns(
      first[name].type,
      [first, ...others].map((columns) => columns[name]),
    ),
  );
}

/** The rows of all columns, one after the other; all are of that type. */
export function concatColumns<T extends ColumnType>(type: T, columns: readonly Column<T>[]): Column<T> {
  return new Column({ type, ...storageOf[type].join(columns), validity: joinValidity(columns) });
}

function joinValidity(columns: readonly Column[]): Validity | undefined {
  if (columns.every(({ nullCount }) => nullCount === 0)) return undefined;
  return storageOf.boolean.join(
    columns.map(({ length, validity = new Uint8Array(length).fill(1) }) => ({
      values: validity,
      dictionary: [],
    })),
  ).values;
}

function checkSameSchema(first: Columns<Schema>, other: Columns<Schema>, position: number): void {
  const refuse = (difference: string): never => {
    throw new RttsharkError('usage', `Table ${position} cannot be appended to table 1: ${difference}.`);
  };
  for (const [name, { type }] of Object.entries(first)) {
    const found = Object.hasOwn(other, name) ? other[name] : undefined;
    if (found === undefined) refuse(`it has no column "${name}"`);
    else if (found.type !== type) {
      refuse(`column "${name}" is of type "${found.type}" in it, and of type "${type}" in table 1`);
    }
  }
  for (const name of Object.keys(other)) {
    if (!Object.hasOwn(first, name)) refuse(`its column "${name}" is not in table 1`);
  }
}
