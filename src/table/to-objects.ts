import { commonLength, namesOf, recordOf } from './columns.ts';
import type { Columns } from './columns.ts';
import type { RowOf, Schema } from './schema.ts';

/** A new array of new objects, one for each row; null stays null, 64-bit integers and times are bigints. */
export function toObjects<S extends Schema>(columns: Columns<S>): RowOf<S>[] {
  const objectAt = rowObjects(columns);
  return Array.from({ length: commonLength(columns) }, (_, index) => objectAt(index));
}

/** Gives a new object of the values of a row; throws RangeError where there is no such row. */
export function rowObjects<S extends Schema>(columns: Columns<S>): (index: number) => RowOf<S> {
  const names = namesOf(columns);
  // A copy of an object that has every property is of one shape from the start, and its own "__proto__", if it has
  // one, is a property like any other.
  const blank: RowOf<S> = recordOf<RowOf<S>>(names, () => null);
  return (index) => {
    const row: { -readonly [K in keyof S]: RowOf<S>[K] } = { ...blank };
    for (const name of names) row[name] = columns[name].get(index);
    return row;
  };
}
