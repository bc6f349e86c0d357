/**
 * What a column can hold.
 *
 * - `float64`, `int32`, `uint32`, `int64`, `uint64`: numbers of that width, without loss
 * - `text`: strings, kept once each in a dictionary
 * - `boolean`
 * - `time`: integer nanoseconds since the Unix epoch, UTC, signed 64 bits (the years 1677 to 2262)
 */
export type ColumnType = 'float64' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'text' | 'boolean' | 'time';

/**
 * The columns of a table, in order: name to type. Names made of digits alone come first, as in every object.
 */
export type Schema = Readonly<Record<string, ColumnType>>;

interface ValueByType {
  float64: number;
  int32: number;
  uint32: number;
  int64: bigint;
  uint64: bigint;
  text: string;
  boolean: boolean;
  time: bigint;
}

/** What a column of type `T` gives for a row that is not null. */
export type ValueOf<T extends ColumnType> = ValueByType[T];

/** One row of a table. Null stands for "no value" and is never NaN or ''. */
export type RowOf<S extends Schema> = { readonly [K in keyof S]: ValueOf<S[K]> | null };
