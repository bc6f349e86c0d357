import { elementTypeOf, isListType } from '../table/column-types.ts';
import type { ColumnType, Schema } from '../table/schema.ts';
import { descriptionEntries } from './column-description.ts';
import type { ColumnDescription, ColumnDescriptions } from './column-description.ts';
import { flag, flatTable, flatTables, flatText, integer } from './flat-buffer.ts';
import type { FlatTable, FlatTables } from './flat-buffer.ts';
import { microsecond, nanosecond, precisionOf, typeOf } from './format.ts';

export interface SchemaNotes {
  /** Keys and values for the whole table. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** What each column holds. */
  readonly fieldDescriptions?: ColumnDescriptions | undefined;
}

/** How times are written. They are UTC in any case, whether they are marked as that or not. */
export type TimeForm = 'nanoseconds' | 'nanoseconds-utc' | 'microseconds-utc';

/** The schema as Arrow's metadata has it. */
export function arrowSchema(
  schema: Schema,
  { metadata = {}, fieldDescriptions = {} }: SchemaNotes,
  times: TimeForm = 'nanoseconds-utc',
): FlatTable {
  const fields = Object.entries(schema).map(([name, type]) => {
    const description = Object.hasOwn(fieldDescriptions, name) ? fieldDescriptions[name] : undefined;
    return field(name, type, times, description);
  });
  return flatTable(undefined, flatTables(fields), keyValues(Object.entries(metadata)));
}

function field(
  name: string,
  type: ColumnType,
  times: TimeForm,
  description: ColumnDescription | undefined,
): FlatTable {
  const children = isListType(type)
    ? [arrowField('item', false, arrowType(elementTypeOf(type), times), [], [])]
    : [];
  return arrowField(name, true, arrowType(type, times), children, descriptionEntries(description));
}

interface ArrowType {
  readonly number: number;
  readonly details: FlatTable;
}

function arrowField(
  name: string,
  nullable: boolean,
  { number, details }: ArrowType,
  children: readonly FlatTable[],
  metadata: readonly (readonly [string, string])[],
): FlatTable {
  return flatTable(
    flatText(name),
    flag(nullable),
    integer(1, number),
    details,
    undefined,
    flatTables(children),
    keyValues(metadata),
  );
}

const integers = (bits: number, signed: boolean): ArrowType => ({
  number: typeOf.int,
  details: flatTable(integer(4, bits), flag(signed)),
});

function arrowType(type: ColumnType, times: TimeForm): ArrowType {
  switch (type) {
    case 'float64':
      return { number: typeOf.floatingPoint, details: flatTable(integer(2, precisionOf.double)) };
    case 'int32':
      return integers(32, true);
    case 'uint32':
      return integers(32, false);
    case 'int64':
      return integers(64, true);
    case 'uint64':
      return integers(64, false);
    case 'text':
      return { number: typeOf.utf8, details: flatTable() };
    case 'bytes':
      return { number: typeOf.binary, details: flatTable() };
    case 'boolean':
      return { number: typeOf.bool, details: flatTable() };
    case 'time':
      return {
        number: typeOf.timestamp,
        details: flatTable(
          integer(2, times === 'microseconds-utc' ? microsecond : nanosecond),
          times === 'nanoseconds' ? undefined : flatText('UTC'),
        ),
      };
    case 'duration':
      return { number: typeOf.duration, details: flatTable(integer(2, nanosecond)) };
    default:
      return { number: typeOf.list, details: flatTable() };
  }
}

function keyValues(entries: readonly (readonly [string, string])[]): FlatTables | undefined {
  if (entries.length === 0) return undefined;
  return flatTables(entries.map(([key, value]) => flatTable(flatText(key), flatText(value))));
}
