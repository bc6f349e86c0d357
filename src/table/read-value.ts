import { elementTypeOf, isListType } from './column-types.ts';
import type { ColumnType, ListType, ScalarType, ValueOf } from './schema.ts';
import { parseEpochTime } from './time.ts';

/** The value that a text stands for; null where it stands for none of that type. */
export type ReadValue = (text: string) => ValueOf<ColumnType> | null;

export interface TimeReading {
  /** Nanoseconds since the Unix epoch of a text, null where it is no time; decimal seconds by default. */
  readonly parseTime?: ((text: string) => bigint | null) | undefined;
}

/** Between the values of a list in a text, as tshark prints occurrences by default. */
export const listSeparator = ',';

const integer = /^[+-]?[0-9]+$/;
const float = /^(?:[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|NaN|[+-]?Infinity)$/;

const numberOf: ReadValue = (text) => (integer.test(text) ? Number(text) : null);
const bigintOf: ReadValue = (text) => (integer.test(text) ? BigInt(text.replace(/^\+/, '')) : null);

const readers: Readonly<Record<Exclude<ScalarType, 'time'>, ReadValue>> = {
  float64: (text) => (float.test(text) ? Number(text) : null),
  int32: numberOf,
  uint32: numberOf,
  int64: bigintOf,
  uint64: bigintOf,
  text: (text) => text,
  boolean: (text) => (/^(?:true|false)$/i.test(text) ? text.toLowerCase() === 'true' : null),
  duration: parseEpochTime,
  bytes: bytesOfHex,
};

/** Reads the texts that CSV and JSON lines hold. Whether an integer fits its type is the column builder's to say. */
export function valueReader(type: ColumnType, { parseTime = parseEpochTime }: TimeReading): ReadValue {
  if (isListType(type)) {
    const read = valueReader(elementTypeOf(type), { parseTime });
    return (text) => readList(text, read);
  }
  return type === 'time' ? parseTime : readers[type];
}

/** Null where one of its values cannot be read. */
function readList(text: string, read: ReadValue): ValueOf<ListType> | null {
  if (text === '') return [];
  const values = text.split(listSeparator).map(read);
  return values.includes(null) ? null : (values as unknown as ValueOf<ListType>);
}

/** The bytes of an even number of hex digits, null for any other text. */
function bytesOfHex(text: string): Uint8Array | null {
  return /^(?:[0-9a-f]{2})*$/i.test(text) ? new Uint8Array(Buffer.from(text, 'hex')) : null;
}
