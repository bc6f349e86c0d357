import { elementTypeOf, isListType } from '../table/column-types.ts';
import type { ColumnType, ScalarType, Schema } from '../table/schema.ts';
import type { TimeForm } from '../arrow/arrow-schema.ts';
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
export function schemaElements(schema: Schema, times: TimeForm): CompactValue[] {
  const root = struct({ 4: text('schema'), 5: i32(Object.keys(schema).length) });
  return [root, ...Object.entries(schema).flatMap(([name, type]) => columnElements(name, type, times))];
}

function columnElements(name: string, type: ColumnType, times: TimeForm): CompactValue[] {
  if (!isListType(type)) return [leaf(name, type, repetitionOf.optional, times)];
  return [
    struct({
      3: i32(repetitionOf.optional),
      4: text(name),
      5: i32(1),
      6: i32(convertedTypeOf.list),
      10: struct({ 3: struct({}) }),
    }),
    struct({ 3: i32(repetitionOf.repeated), 4: text(listGroup), 5: i32(1) }),
    leaf(listElement, elementTypeOf(type), repetitionOf.required, times),
  ];
}

/** The names that the format's rules for lists give to what is inside of one. */
const listGroup = 'list';
const listElement = 'element';

/** The way to a column's values. */
export function pathOf(name: string, type: ColumnType): string[] {
  return isListType(type) ? [name, listGroup, listElement] : [name];
}

function leaf(name: string, type: ScalarType, repetition: number, times: TimeForm): CompactValue {
  return struct({
    1: i32(physicalTypeOf[storedAs[type]]),
    3: i32(repetition),
    4: text(name),
    ...meaningOf(type, times),
  });
}

/** Converted and logical type, where the stored type alone does not tell what is meant. */
function meaningOf(type: ScalarType, times: TimeForm): CompactFields {
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
      return timeMeaning(times);
    default:
      return {};
  }
}

function timeMeaning(times: TimeForm): CompactFields {
  const isMicroseconds = times === 'microseconds-utc';
  const unit = struct({ [isMicroseconds ? 2 : 3]: struct({}) });
  const logical = struct({ 8: struct({ 1: boolean(times !== 'nanoseconds'), 2: unit }) });
  // Nanoseconds are younger than converted types.
  return { 6: isMicroseconds ? i32(convertedTypeOf.timestampMicros) : undefined, 10: logical };
}

function integerType(bits: number, signed: boolean): CompactValue {
  return struct({ 10: struct({ 1: i8(bits), 2: boolean(signed) }) });
}
