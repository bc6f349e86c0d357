import type { ColumnType, ValueOf } from './schema.ts';
import { parseEpochTime } from './time.ts';

/** The value that a text stands for; null where it stands for none of that type. */
export type ReadValue = (text: string) => ValueOf<ColumnType> | null;

export interface TimeReading {
  /** Nanoseconds since the Unix epoch of a text, null where it is no time; decimal seconds by default. */
  readonly parseTime?: ((text: string) => bigint | null) | undefined;
}

const integer = /^[+-]?[0-9]+$/;
const float = /^(?:[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|NaN|[+-]?Infinity)$/;

const numberOf: ReadValue = (text) => (integer.test(text) ? Number(text) : null);
const bigintOf: ReadValue = (text) => (integer.test(text) ? BigInt(text.replace(/^\+/, '')) : null);

const readers: Readonly<Record<Exclude<ColumnType, 'time'>, ReadValue>> = {
  float64: (text) => (float.test(text) ? Number(text) : null),
  int32: numberOf,
  uint32: numberOf,
  int64: bigintOf,
  uint64: bigintOf,
  text: (text) => text,
  boolean: (text) => (/^(?:true|false)$/i.test(text) ? text.toLowerCase() === 'true' : null),
};

/** Reads the texts that CSV and JSON lines hold. Whether an integer fits its type is the column builder's to say. */
export function valueReader(type: ColumnType, { parseTime = parseEpochTime }: TimeReading): ReadValue {
  return type === 'time' ? parseTime : readers[type];
}
