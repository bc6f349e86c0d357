import { RttsharkError } from '../errors.ts';
import type { ColumnBuilder } from './column-builder.ts';
import { elementTypeOf, isListType } from './column-types.ts';
import { named, namesOf, unknownColumn } from './columns.ts';
import { valueReader } from './read-value.ts';
import type { ReadValue, TimeReading } from './read-value.ts';
import type { ColumnType, ListType, ScalarType, Schema, ValueOf } from './schema.ts';
import { TableBuilder } from './table-builder.ts';
import type { Table } from './table.ts';

/**
 * A table of JSON lines as `toJsonLines` writes them; a property that is missing is null, empty lines are left out.
 *
 * Numbers and strings are taken for each other, so that 64-bit integers may come as either. Throws RttsharkError
 * `usage`, with the line, for what is no JSON object, for a property that is no column, and for a value that is not of
 * its column's type.
 */
export function fromJsonLines<const S extends Schema>(
  schema: S,
  text: string,
  { parseTime }: TimeReading = {},
): Table<S> {
  const builder = new TableBuilder(schema);
  const names = namesOf(schema);
  const columns = names.map((name) => {
    const type: ColumnType = named(schema, name);
    const column: ColumnBuilder<ColumnType> = builder.column(name);
    return {
      name,
      type,
      column,
      read: valueReader(isListType(type) ? elementTypeOf(type) : type, { parseTime }),
    };
  });
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const object = parseObject(line, at + 1);
    for (const name of Object.keys(object))
      if (!Object.hasOwn(schema, name)) throw unknownColumn(name, names);
    for (const { name, type, column, read } of columns) {
      const found = Object.hasOwn(object, name) ? object[name] : null;
      const value = found === null ? null : valueOf(found, type, read);
      if (value === undefined) {
        const shown = JSON.stringify(found);
        throw new RttsharkError(
          'usage',
          `Line ${at + 1} of the JSON: ${shown} is no "${type}", for column "${name}".`,
        );
      }
      column.append(value);
    }
  }
  return builder.finish();
}

/** Undefined for what is no value of the type. A list is read value by value, with what reads one of them. */
function valueOf(found: unknown, type: ColumnType, read: ReadValue): ValueOf<ColumnType> | undefined {
  if (isListType(type)) return Array.isArray(found) ? listOf(found, elementTypeOf(type), read) : undefined;
  if (type === 'boolean') return typeof found === 'boolean' ? found : undefined;
  if (type === 'text') return typeof found === 'string' ? found : undefined;
  if (typeof found === 'number' && type === 'float64') return found;
  if (typeof found !== 'number' && typeof found !== 'string') return undefined;
  return read(String(found)) ?? undefined;
}

function listOf(found: readonly unknown[], type: ScalarType, read: ReadValue): ValueOf<ListType> | undefined {
  const values = found.map((value) => valueOf(value, type, read));
  return values.includes(undefined) ? undefined : (values as unknown as ValueOf<ListType>);
}

/** A string, passed over, or a number that a double may not hold. */
const stringOrLongNumber = /"(?:[^"\\]|\\.)*"|-?[0-9][0-9.]{14,}(?![0-9.eE])/g;

function parseObject(line: string, number: number): Record<string, unknown> {
  // JSON.parse rounds numbers to doubles: the long ones are made strings before.
  const exact = line.replace(stringOrLongNumber, (found) => (found.startsWith('"') ? found : `"${found}"`));
  let parsed: unknown;
  try {
    parsed = JSON.parse(exact);
  } catch (cause) {
    throw new RttsharkError('usage', `Line ${number} of the JSON cannot be read.`, {
      detail: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
    return parsed as Record<string, unknown>;
  }
  throw new RttsharkError('usage', `Line ${number} of the JSON is no object.`);
}
