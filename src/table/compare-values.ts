import type { ColumnType, ValueOf } from './schema.ts';

type Value = ValueOf<ColumnType>;

/**
 * Below 0 where the one value comes before the other, above 0 where it comes behind it; both are of one type.
 *
 * Numbers by size with NaN behind all of them, −0 as 0; text by UTF-16 code units; false before true; bytes byte by byte,
 * lists value by value, and what another one begins with before it.
 */
export function compareValues(one: Value, other: Value): number {
  if (typeof one !== 'object' || typeof other !== 'object') return compareScalars(one, other);
  const shared = Math.min(one.length, other.length);
  for (let at = 0; at < shared; at++) {
    const difference = compareValues(one[at] ?? 0, other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

function compareScalars(one: Value, other: Value): number {
  if (one < other) return -1;
  if (one > other) return 1;
  return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
}
