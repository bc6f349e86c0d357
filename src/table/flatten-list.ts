import { RttsharkError } from '../errors.ts';
import { elementTypeOf, isListType, listOf } from './column-types.ts';
import { Column } from './column.ts';
import { countUp, flatten } from './list-storage.ts';
import type { ListType, ScalarType } from './schema.ts';
import { storageOf } from './storage.ts';
import type { Codes, StorageKind, Validity } from './storage-kind.ts';

/** The lists of all rows behind each other, as Arrow has them. */
export interface FlatLists<E extends ScalarType> {
  /** Where the list of each row begins among the elements; one more at the end, where the last one ends. */
  readonly offsets: Codes;
  /** Without nulls, and without any that belong to no row. */
  readonly elements: Column<E>;
}

export function isListColumn(column: Column): column is Column<ListType> {
  return isListType(column.type);
}

/** The lists of a column. A null row has no elements, as an empty list: `validity` of the column tells them apart. */
export function flattenList<E extends ScalarType>(column: Column<`list<${E}>`>): FlatLists<E> {
  const type = elementTypeOf<E>(column.type);
  const storage = storageOf[type] as StorageKind<ScalarType>;
  const { offsets, elements } = flatten(storage, column);
  return { offsets, elements: new Column<ScalarType>({ type, ...elements }) as Column<E> };
}

/**
 * The column of such lists; those of null rows are not read. It takes the arrays over: nobody may write to them again.
 *
 * Throws RttsharkError `usage` where an element is null.
 */
export function listColumn<E extends ScalarType>(
  { offsets, elements }: FlatLists<E>,
  validity?: Validity,
): Column<`list<${E}>`> {
  if (elements.nullCount > 0) throw new RttsharkError('usage', 'An element of a list cannot be null.');
  const lists = { offsets, elements };
  const values = countUp(Math.max(0, offsets.length - 1));
  return new Column<ListType>({
    type: listOf(elements.type),
    values,
    validity,
    lists,
  }) as Column<`list<${E}>`>;
}
