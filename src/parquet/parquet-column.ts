import type { SchemaElement, SchemaTree } from 'hyparquet';
import { RttsharkError } from '../errors.ts';
import type { ColumnType, ScalarType } from '../table/schema.ts';

/** The column type that takes a column of a file, and what makes a value of a cell; undefined is null there. */
export interface ParquetColumn {
  readonly type: ColumnType;
  readonly read: (cell: unknown) => unknown;
}

/**
 * Throws RttsharkError `input_unreadable` for a type that no column has.
 *
 * @param arrowType - what the file's Arrow schema says of the column
 */
export function parquetColumn(tree: SchemaTree, arrowType: ColumnType | undefined): ParquetColumn {
  const { element, children } = tree;
  if (element.repetition_type !== 'REPEATED' && children.length === 0) {
    const type = scalarType(element, arrowType);
    const read = reading(type);
    return { type, read: (cell) => (cell === undefined || cell === null ? null : read(cell)) };
  }
  const inner = listElement(tree);
  if (inner === undefined) throw unreadable(element.name, 'a group');
  const type = scalarType(inner, undefined);
  const listType = `list<${type}>` as const;
  const read = reading(type);
  const readElement = (cell: unknown): unknown => {
    if (cell === undefined || cell === null) {
      throw unreadable(element.name, 'lists with nulls among their elements');
    }
    return read(cell);
  };
  return {
    type: arrowType === 'list<duration>' && type === 'int64' ? arrowType : listType,
    read: (cell) => (cell === undefined || cell === null ? null : Array.from(cell as unknown[], readElement)),
  };
}

/** What a list of plain values holds. */
function listElement({ children }: SchemaTree): SchemaElement | undefined {
  const [group, ...others] = children;
  const [only, ...more] = group?.children ?? [];
  if (others.length > 0 || more.length > 0 || group?.element.repetition_type !== 'REPEATED') return undefined;
  if (only === undefined) return group.element;
  return only.children.length === 0 ? only.element : undefined;
}

function scalarType(element: SchemaElement, arrowType: ColumnType | undefined): ScalarType {
  const { type, converted_type: converted, logical_type: logical, name } = element;
  if (logical?.type === 'TIMESTAMP' || logical?.type === 'DATE' || converted?.startsWith('TIMESTAMP'))
    return 'time';
  if (converted === 'DATE' || type === 'INT96') return 'time';
  if (logical?.type === 'DECIMAL' || converted === 'DECIMAL') throw unreadable(name, 'decimals');
  if (logical?.type === 'TIME' || converted?.startsWith('TIME_')) throw unreadable(name, 'times of day');
  const unsigned =
    converted?.startsWith('UINT') === true || (logical?.type === 'INTEGER' && !logical.isSigned);
  switch (type) {
    case 'BOOLEAN':
      return 'boolean';
    case 'INT32':
      return unsigned ? 'uint32' : 'int32';
    case 'INT64':
      if (arrowType === 'duration') return 'duration';
      return unsigned ? 'uint64' : 'int64';
    case 'FLOAT':
    case 'DOUBLE':
      return 'float64';
    case 'BYTE_ARRAY':
      return isText(element) ? 'text' : 'bytes';
    case 'FIXED_LEN_BYTE_ARRAY':
      if (logical?.type === 'UUID') return 'text';
      if (logical?.type === 'FLOAT16') return 'float64';
      if (converted === undefined) return 'bytes';
  }
  throw unreadable(name, `the type "${converted ?? type ?? 'none'}"`);
}

function isText({ converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  return (
    converted === 'UTF8' || converted === 'ENUM' || logical?.type === 'STRING' || logical?.type === 'ENUM'
  );
}

function reading(type: ScalarType): (cell: unknown) => unknown {
  if (type === 'text') {
    return (cell) => (cell instanceof Uint8Array ? Buffer.from(cell).toString('utf8') : cell);
  }
  if (type === 'bytes') return (cell) => Uint8Array.from(cell as Uint8Array);
  return (cell) => cell;
}

function unreadable(name: string, what: string): RttsharkError {
  return new RttsharkError(
    'input_unreadable',
    `Column "${name}" of the Parquet file has ${what}, which no table has.`,
  );
}
