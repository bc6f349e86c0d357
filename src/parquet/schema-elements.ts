import { elementTypeOf, isListType } from '../table/column-types.ts';
import type { ColumnType, ScalarType, Schema } from '../table/schema.ts';
import type { TimeZone } from '../arrow/arrow-schema.ts';
import { boolean, i32, i8, struct, text } from './compact-writer.ts';
import type { CompactFields, CompactValue } from './compact-writer.ts';
import { convertedTypeOf, physicalTypeOf, repetitionOf } from './format.ts';
import type { PhysicalType } from './format.ts';

/** How each type is stored. A duration is nanoseconds, for which Parquet has no type of its own. */
export const storedAs: Readonly<Record<ScalarType, PhysicalType>> = {
  float64: 'double',
  int32: 'int32',
  uint32: 'int32',
  int64: 'int64',
  uint64: 'int64',
  text: 'byteArray',
  boolean: 'boolean',
  time: 'int64',
  duration: 'int64',
  bytes: 'byteArray',
};

/** The schema as Parquet's footer has it: the root, and each column's elements, parents first. */
export function schemaElements(schema: Schema, timeZone: TimeZone): CompactValue[] {
  const root = struct({ 4: text('schema'), 5: i32(Object.keys(schema).length) });
  return [root, ...Object.entries(schema).flatMap(([name, type]) => columnElements(name, type, timeZone))];
}

function columnElements(name: string, type: ColumnType, timeZone: TimeZone): CompactValue[] {
  if (!isListType(type)) return [leaf(name, type, repetitionOf.optional, timeZone)];
  return [
    struct({
      3: i32(repetitionOf.optional),
      4: text(name),
      5: i32(1),
      6: i32(convertedTypeOf.list),
      10: struct({ 3: struct({}) }),
    }),
    struct({ 3: i32(repetitionOf.repeated), 4: text(listGroup), 5: i32(1) }),
    leaf(listElement, elementTypeOf(type), repetitionOf.required, timeZone),
  ];
}

/** The names that the format's rules for lists give to what is inside of one. */
const listGroup = 'list';
const listElement = 'element';

/** The way to a column's values. */
export function pathOf(name: string, type: ColumnType): string[] {
  return isListType(type) ? [name, listGroup, listElement] : [name];
}

function leaf(name: string, type: ScalarType, repetition: number, timeZone: TimeZone): CompactValue {
  return struct({
    1: i32(physicalTypeOf[storedAs[type]]),
    3: i32(repetition),
    4: text(name),
    ...meaningOf(type, timeZone),
  });
}

/** Converted and logical type, where the stored type alone does not tell what is meant. */
function meaningOf(type: ScalarType, timeZone: TimeZone): CompactFields {
  switch (type) {
    case 'text':
      return { 6: i32(convertedTypeOf.utf8), 10: struct({ 1: struct({}) }) };
    case 'int32':
    case 'uint32':
    case 'int64':
    case 'uint64':
      return {
        6: i32(convertedTypeOf[type]),
        10: integerType(type.endsWith('64') ? 64 : 32, type.startsWith('i')),
      };
    case 'time':
      return { 10: struct({ 8: struct({ 1: boolean(timeZone === 'UTC'), 2: struct({ 3: struct({}) }) }) }) };
    default:
      return {};
  }
}

function integerType(bits: number, signed: boolean): CompactValue {
  return struct({ 10: struct({ 1: i8(bits), 2: boolean(signed) }) });
}
