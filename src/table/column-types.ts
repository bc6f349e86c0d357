import type { ColumnType, ListType, ScalarType } from './schema.ts';

/** All scalar types, in the order of the documentation. */
export const scalarTypes: readonly ScalarType[] = Object.freeze([
  'float64',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'text',
  'boolean',
  'time',
  'duration',
  'bytes',
]);

/** All column types, lists last. */
export const columnTypes: readonly ColumnType[] = Object.freeze([...scalarTypes, ...scalarTypes.map(listOf)]);

/** The type of lists of values of that type. */
export function listOf<E extends ScalarType>(element: E): `list<${E}>` {
  return `list<${element}>`;
}

export function isListType(type: ColumnType): type is ListType {
  return type.startsWith('list<');
}

/** The type of the values in lists of that type. */
export function elementTypeOf<E extends ScalarType>(type: `list<${E}>`): E {
  return type.slice('list<'.length, -1) as E;
}
