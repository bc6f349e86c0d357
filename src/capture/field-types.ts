import { listOf } from '../table/column-types.ts';
import type { ColumnType, ScalarType } from '../table/schema.ts';
import type { Occurrence, RelativeTime } from './occurrence.ts';

/**
 * tshark's types to ours. Integers come as numbers whatever their base, value strings included. What is not here is text:
 * addresses, identifiers, texts, characters, protocols.
 */
const byFieldType = {
  FT_NONE: 'boolean',
  FT_BOOLEAN: 'boolean',
  FT_UINT8: 'uint32',
  FT_UINT16: 'uint32',
  FT_UINT24: 'uint32',
  FT_UINT32: 'uint32',
  FT_FRAMENUM: 'uint32',
  FT_UINT40: 'uint64',
  FT_UINT48: 'uint64',
  FT_UINT56: 'uint64',
  FT_UINT64: 'uint64',
  FT_INT8: 'int32',
  FT_INT16: 'int32',
  FT_INT24: 'int32',
  FT_INT32: 'int32',
  FT_INT40: 'int64',
  FT_INT48: 'int64',
  FT_INT56: 'int64',
  FT_INT64: 'int64',
  FT_FLOAT: 'float64',
  FT_DOUBLE: 'float64',
  FT_IEEE_11073_SFLOAT: 'float64',
  FT_IEEE_11073_FLOAT: 'float64',
  FT_ABSOLUTE_TIME: 'time',
  FT_RELATIVE_TIME: 'float64',
  FT_BYTES: 'bytes',
  FT_UINT_BYTES: 'bytes',
} as const satisfies Readonly<Record<string, ScalarType>>;

/** What decides the type of a column beside the field. */
export interface ColumnTypeOptions {
  /** `all` makes lists. Without it values are single. */
  readonly occurrence?: Occurrence | undefined;
  /** `seconds` by default. */
  readonly relativeTime?: RelativeTime | undefined;
}

/**
 * The type that a field of tshark's catalogue gets for single values: integers of the width that they need, `boolean` also
 * for what is only there or not (true where it is), `time` for absolute times, `bytes`, and everything else as tshark's
 * text. Pure.
 *
 * @param fieldType - as in `FT_UINT16`; null for a field that is not known
 */
export function scalarTypeFor(
  field: string,
  fieldType: string | null,
  relativeTime: RelativeTime = 'seconds',
): ScalarType {
  // A relative time before 4.2.
  if (field === 'frame.time_epoch') return 'time';
  if (fieldType === 'FT_RELATIVE_TIME' && relativeTime === 'nanoseconds') return 'duration';
  const types: Readonly<Record<string, ScalarType>> = byFieldType;
  return types[fieldType ?? ''] ?? 'text';
}

/** The column type for a field of tshark's catalogue: see {@link scalarTypeFor}. Pure. */
export function columnTypeFor(
  field: string,
  fieldType: string | null,
  { occurrence, relativeTime }: ColumnTypeOptions = {},
): ColumnType {
  const type = scalarTypeFor(field, fieldType, relativeTime);
  return occurrence === 'all' ? listOf<ScalarType>(type) : type;
}
