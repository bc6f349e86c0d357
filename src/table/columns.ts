import { RttsharkError } from '../errors.ts';
import { nearestNames } from '../nearest.ts';
import type { Column } from './column.ts';
import type { Schema } from './schema.ts';

/** The columns of a table by name. All are equally long. */
export type Columns<S extends Schema> = { readonly [K in keyof S]: Column<S[K]> };

/** A name that `S` has. */
export type ColumnName<S extends Schema> = keyof S & string;

/** The names of a record's own properties, in order. */
export function namesOf<R extends object>(record: R): (keyof R & string)[] {
  return Object.keys(record) as (keyof R & string)[];
}

/**
 * A frozen record of what `make` gives for each name.
 *
 * Object.fromEntries, unlike assignment, makes an ordinary property of a column called "__proto__".
 */
export function recordOf<R extends object>(
  names: readonly (keyof R & string)[],
  make: <K extends keyof R & string>(name: K) => R[K],
): Readonly<R> {
  return Object.freeze(Object.fromEntries(names.map((name) => [name, make(name)])) as R);
}

/** The entry of that name; throws RttsharkError `usage`, with the nearest and all known names, where there is none. */
export function named<R extends object, K extends keyof R & string>(record: R, name: K): R[K] {
  if (!Object.hasOwn(record, name)) throw unknownColumn(name, Object.keys(record));
  return record[name];
}

export function unknownColumn(name: string, known: readonly string[]): RttsharkError {
  const near = nearestNames(name, known);
  const guess = near.length === 0 ? '.' : `; did you mean ${inQuotes(near, ' or ')}?`;
  const list = known.length === 0 ? 'It has none.' : `Its columns are ${inQuotes(known, ', ')}.`;
  return new RttsharkError('usage', `The table has no column "${name}"${guess} ${list}`);
}

function inQuotes(names: readonly string[], separator: string): string {
  return names.map((name) => `"${name}"`).join(separator);
}

/** The names again; throws RttsharkError `usage` for one that the record has not, or that is given twice. */
export function distinctNames<R extends object, K extends keyof R & string>(
  record: R,
  names: readonly K[],
): readonly K[] {
  const seen = new Set<string>();
  for (const name of names) {
    named(record, name);
    if (seen.has(name)) throw new RttsharkError('usage', `The column "${name}" is given twice.`);
    seen.add(name);
  }
  return names;
}

/** How many rows all of them have; throws RttsharkError `usage` where they differ. */
export function commonLength(columns: Readonly<Record<string, { readonly length: number }>>): number {
  const [first, ...rest] = Object.entries(columns);
  if (first === undefined) return 0;
  const [name, { length }] = first;
  const other = rest.find(([, column]) => column.length !== length);
  if (other !== undefined) {
    throw new RttsharkError(
      'usage',
      `The columns of a table are equally long, but "${name}" has ${length} rows and "${other[0]}" has ${other[1].length}.`,
    );
  }
  return length;
}
