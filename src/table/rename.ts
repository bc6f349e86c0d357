import { RttsharkError } from '../errors.ts';
import type { Column } from './column.ts';
import { named, namesOf } from './columns.ts';
import type { ColumnName, Columns } from './columns.ts';
import type { Schema } from './schema.ts';

/** Old names to new ones. */
export type Renames<S extends Schema> = Readonly<Partial<Record<ColumnName<S>, string>>>;

/** `S` with the names that `R` gives. */
export type Renamed<S extends Schema, R> = {
  readonly [K in keyof S as K extends keyof R ? Extract<R[K], string> : K]: S[K];
};

/** All columns in their places, some under new names. Throws RttsharkError `usage` where two would have one name. */
export function rename<S extends Schema, R extends Renames<S>>(
  columns: Columns<S>,
  names: R,
): Columns<Renamed<S, R>> {
  for (const name of namesOf(names)) named(columns, name);
  const entries = namesOf(columns).map((name): [string, Column] => [
    (Object.hasOwn(names, name) ? names[name] : undefined) ?? name,
    columns[name],
  ]);
  const seen = new Set<string>();
  for (const [name] of entries) {
    if (seen.has(name)) throw new RttsharkError('usage', `Two columns would be called "${name}".`);
    seen.add(name);
  }
  return Object.fromEntries(entries) as Columns<Renamed<S, R>>;
}
