import { columnTypes } from './column-types.ts';
import type { ColumnType } from './schema.ts';

/** What aggregates and window functions give for which types of columns; those not listed are refused. */

export const sameType = Object.freeze(Object.fromEntries(columnTypes.map((type) => [type, type]))) as {
  readonly [T in ColumnType]: T;
};

export const numberToFloat = {
  float64: 'float64',
  int32: 'float64',
  uint32: 'float64',
  int64: 'float64',
  uint64: 'float64',
} as const;

/** Durations stay what they are, and so do points in time. */
export const meanType = { ...numberToFloat, time: 'time', duration: 'duration' } as const;

/** How far points in time are apart is a duration. */
export const spreadType = { ...numberToFloat, time: 'duration', duration: 'duration' } as const;

export const sumType = { ...numberToFloat, int64: 'int64', uint64: 'uint64', duration: 'duration' } as const;
