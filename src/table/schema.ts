/**
 * What a column can hold, one value a row.
 *
 * - `float64`, `int32`, `uint32`, `int64`, `uint64`: numbers of that width, without loss
 * - `text`: strings, kept once each in a dictionary
 * - `boolean`
 * - `time`: integer nanoseconds since the Unix epoch, UTC, signed 64 bits (the years 1677 to 2262)
 * - `duration`: integer nanoseconds, signed 64 bits
 * - `bytes`: strings of bytes, kept once each in a dictionary
 */
export type ScalarType =
  'float64' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'text' | 'boolean' | 'time' | 'duration' | 'bytes';

/** Several values of one type a row, possibly none; null is none of them, though a row may be null. */
export type ListType = `list<${ScalarType}>`;

/** The type of a column. */
export type ColumnType = ScalarType | ListType;

/**
 * The columns of a table, in order: name to type. Names made of digits alone come first, as in every object.
 */
export type Schema = Readonly<Record<string, ColumnType>>;

interface ScalarValues {
  float64: number;
  int32: number;
  uint32: number;
  int64: bigint;
  uint64: bigint;
  text: string;
  boolean: boolean;
  time: bigint;
  duration: bigint;
  bytes: Uint8Array;
}

type ListValues = { [E in ScalarType as `list<${E}>`]: readonly ScalarValues[E][] };

type ValueByType = ScalarValues & ListValues;

/**
 * What a column of type `T` gives for a row that is not null. Bytes and lists are new each time: bytes to do with as one
 * likes, lists frozen.
 */
export type ValueOf<T extends ColumnType> = ValueByType[T];

/** The type of the values in lists of type `L`. */
export type ElementOf<L extends ColumnType> = L extends `list<${infer E extends ScalarType}>` ? E : never;

/** One row of a table. Null stands for "no value" and is never NaN or ''. */
export type RowOf<S extends Schema> = { readonly [K in keyof S]: ValueOf<S[K]> | null };
