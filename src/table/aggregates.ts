import { RttsharkError } from '../errors.ts';
import { columnTypes, isListType } from './column-types.ts';
import type { Column } from './column.ts';
import { compareValues } from './compare-values.ts';
import { CompensatedSum } from './compensated-sum.ts';
import { numberGroups } from './group-rows.ts';
import { quantileOfSorted } from './quantile.ts';
import { sampleVariance } from './sample-variance.ts';
import type { ColumnType, ValueOf } from './schema.ts';
import type { Fold } from './sliding-fold.ts';

/** The type of an aggregate's result: always the same, or by the type of the column; types not listed are refused. */
export type ResultType = ColumnType | Readonly<Partial<Record<ColumnType, ColumnType>>>;

/**
 * How the values of a group become one value.
 *
 * Those below are made of such objects, and so is your own:
 *
 * ```ts
 * const range = {
 *   name: 'range',
 *   column: 'rtt',
 *   result: { float64: 'float64' },
 *   sorted: true,
 *   of: ({ values }: Column<'float64'>) => (values.at(-1) ?? 0) - (values.at(0) ?? 0),
 * } as const;
 * table.groupBy('src').aggregate({ range });
 * ```
 */
export interface Aggregate<
  C extends string | undefined = string | undefined,
  R extends ResultType = ResultType,
> {
  /** What errors call it. */
  readonly name: string;
  /** The column to read; undefined for the row numbers, as `uint32`. */
  readonly column: C;
  readonly result: R;
  /** True to be given the values in ascending order (NaN last) rather than in that of the rows; text is refused. */
  readonly sorted?: boolean;
  /** How `rolling` computes it for 32-bit integers and floats, where that is faster than `of` for every window. */
  readonly fold?: Fold;
  /**
   * The result for one group, null where there is none.
   *
   * @param values - the values of the group without its nulls, possibly none; keeping it keeps those of all groups in memory
   */
  of(values: Column): ValueOf<ColumnType> | null;
}

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

export const sumType = { ...numberToFloat, int64: 'int64', uint64: 'uint64' } as const;

const plus: Fold['combine'] = (earlier, later) => earlier + later;
const sumFold: Fold = { combine: plus, finish: (folded) => folded };
const meanFold: Fold = { combine: plus, finish: (folded, count) => folded / count };
const minFold: Fold = { combine: (a, b) => (b < a || Number.isNaN(b) ? b : a), finish: (folded) => folded };
const maxFold: Fold = { combine: (a, b) => (b > a || Number.isNaN(b) ? b : a), finish: (folded) => folded };

type NumberType = keyof typeof numberToFloat;
type Numbers = Column<NumberType>;

/** The number of rows; with a column, of its rows that are not null. */
export function count(): Aggregate<undefined, 'uint32'>;
export function count<const C extends string>(column: C): Aggregate<C, 'uint32'>;
export function count(column?: string): Aggregate<string | undefined, 'uint32'> {
  return { name: 'count', column, result: 'uint32', of: (values) => values.length };
}

/**
 * The sum of the values that are not null, 0 where there are none. Compensated (`CompensatedSum`) in `float64`, except
 * that 64-bit integers are summed exactly, to their own type; RttsharkError `usage` where the sum does not fit it.
 */
export function sum<const C extends string>(column: C): Aggregate<C, typeof sumType> {
  return { name: 'sum', column, result: sumType, fold: sumFold, of: (values: Numbers) => sumOf(values) };
}

/** The arithmetic mean of the values that are not null; null where there are none. */
export function mean<const C extends string>(column: C): Aggregate<C, typeof numberToFloat> {
  return { name: 'mean', column, result: numberToFloat, fold: meanFold, of: meanOf };
}

/** The sample standard deviation (divided by n − 1) of the values that are not null; null below two of them. */
export function stddev<const C extends string>(column: C): Aggregate<C, typeof numberToFloat> {
  return {
    name: 'stddev',
    column,
    result: numberToFloat,
    of({ values }: Numbers) {
      const squared = sampleVariance(values);
      return squared === null ? null : Math.sqrt(squared);
    },
  };
}

/**
 * The sample variance (divided by n − 1) of the values that are not null; null below two of them. See
 * `sampleVariance`.
 */
export function variance<const C extends string>(column: C): Aggregate<C, typeof numberToFloat> {
  return {
    name: 'variance',
    column,
    result: numberToFloat,
    of: ({ values }: Numbers) => sampleVariance(values),
  };
}

/** The smallest value that is not null, NaN where any is; text by UTF-16 code units. Null where there are none. */
export function min<const C extends string>(column: C): Aggregate<C, typeof sameType> {
  return {
    name: 'min',
    column,
    fold: minFold,
    result: sameType,
    of: (values) => extreme(values, (value, best) => compareValues(value, best) < 0),
  };
}

/** The largest value that is not null, NaN where any is; text by UTF-16 code units. Null where there are none. */
export function max<const C extends string>(column: C): Aggregate<C, typeof sameType> {
  return {
    name: 'max',
    column,
    fold: maxFold,
    result: sameType,
    of: (values) => extreme(values, (value, best) => compareValues(value, best) > 0),
  };
}

/** The first value that is not null; null where there are none. */
export function first<const C extends string>(column: C): Aggregate<C, typeof sameType> {
  return {
    name: 'first',
    column,
    result: sameType,
    of: (values) => (values.length === 0 ? null : values.get(0)),
  };
}

/** The last value that is not null; null where there are none. */
export function last<const C extends string>(column: C): Aggregate<C, typeof sameType> {
  return {
    name: 'last',
    column,
    result: sameType,
    of: (values) => (values.length === 0 ? null : values.get(values.length - 1)),
  };
}

/** How many different values there are, null not counted; every NaN is the same. */
export function distinctCount<const C extends string>(column: C): Aggregate<C, 'uint32'> {
  return {
    name: 'distinctCount',
    column,
    result: 'uint32',
    of: (values) =>
      isListType(values.type) ? distinctLists(values) : new Set<number | bigint>(values.values).size,
  };
}

/**
 * The quantile of the values that are not null; null where there are none, NaN where any is NaN. See
 * `quantileOfSorted`. 64-bit integers are rounded to doubles first.
 *
 * @param q - 0 to 1; anything else throws RttsharkError `usage`
 */
export function quantile<const C extends string>(column: C, q: number): Aggregate<C, typeof numberToFloat> {
  if (!(q >= 0 && q <= 1)) throw new RttsharkError('usage', `A quantile lies between 0 and 1, not at ${q}.`);
  return {
    name: `quantile ${q}`,
    column,
    result: numberToFloat,
    sorted: true,
    of: ({ values }: Numbers) => quantileOfSorted(values, q),
  };
}

/** The middle value, or the mean of the two middle ones: `quantile(column, 0.5)`. */
export function median<const C extends string>(column: C): Aggregate<C, typeof numberToFloat> {
  return { ...quantile(column, 0.5), name: 'median' };
}

function sumOf({ type, values }: Numbers): number | bigint {
  if (type === 'int64' || type === 'uint64') {
    let exact = 0n;
    for (const value of values) exact += BigInt(value);
    return exact;
  }
  const sum = new CompensatedSum();
  for (const value of values) sum.add(Number(value));
  return sum.value;
}

function distinctLists(lists: Column): number {
  return lists.length === 0 ? 0 : numberGroups([lists], lists.length).groupCount;
}

export function meanOf(values: Numbers): number | null {
  return values.length === 0 ? null : Number(sumOf(values)) / values.length;
}

type Value = ValueOf<ColumnType>;

function extreme(values: Column, isBetter: (value: Value, best: Value) => boolean): Value | null {
  let best: Value | null = null;
  for (let row = 0; row < values.length; row++) {
    const value = values.get(row);
    if (Number.isNaN(value)) return value;
    if (value !== null && (best === null || isBetter(value, best))) best = value;
  }
  return best;
}
