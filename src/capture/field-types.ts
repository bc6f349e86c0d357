import type { ColumnType } from '../table/schema.ts';

const byFieldType: Readonly<Record<string, ColumnType>> = {
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
  FT_RELATIVE_TIME: 'float64',
};

/**
 * The column type for a field of tshark's catalogue: durations in seconds as `float64`, the packet's own epoch
 * time as `time`, integers and booleans as such, and everything else as tshark's text.
 *
 * @param fieldType - as in `FT_UINT16`
 */
export function columnTypeFor(field: string, fieldType: string | null): ColumnType {
  if (field === 'frame.time_epoch') return 'time';
  return byFieldType[fieldType ?? ''] ?? 'text';
}
