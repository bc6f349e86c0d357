import { RttsharkError } from '../errors.ts';
import { isListType } from './column-types.ts';
import type { Column } from './column.ts';
import { compareValues } from './compare-values.ts';
import { CompensatedSum } from './compensated-sum.ts';
import { numberGroups } from './group-rows.ts';
import { quantileOfSorted } from './quantile.ts';
import { isSpans, meanSpan, quantileOfSpans, spreadOfSpans } from './spans.ts';
import { sampleVariance } from './sample-variance.ts';
import type { ColumnType, ValueOf } from './schema.ts';
import { meanType, numberToFloat, sameType, spreadType, sumType } from './result-types.ts';
import type { Fold } from './sliding-fold.ts';
import type { Aggregate } from './aggregate.ts';
export type { Aggregate, ResultType } from './aggregate.ts';

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
 * that 64-bit integers and durations are summed exactly, to their own type; RttsharkError `usage` where the sum does not fit it.
 */
export function sum<const C extends string>(column: C): Aggregate<C, typeof sumType> {
  return {
    name: 'sum',
    column,
    result: sumType,
    fold: sumFold,
    of: (values: Column<NumberType | 'duration'>) => sumOf(values),
  };
}

/**
 * The arithmetic mean of the values that are not null; null where there are none. Of times and durations, to the nearest
 * nanosecond, it is one too.
 */
export function mean<const C extends string>(column: C): Aggregate<C, typeof meanType> {
  return {
    name: 'mean',
    column,
    result: meanType,
    fold: meanFold,
    of: (values) => (isSpans(values) ? meanSpan(values.values) : meanOf(values as Numbers)),
  };
}

/**
 * The sample standard deviation (divided by n − 1) of the values that are not null; null below two of them. A duration for
 * times and durations, computed in doubles.
 */
export function stddev<const C extends string>(column: C): Aggregate<C, typeof spreadType> {
  return {
    name: 'stddev',
    column,
    result: spreadType,
    of: (values) => {
      if (isSpans(values)) return spreadOfSpans(values.values);
      const squared = sampleVariance((values as Numbers).values);
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
 * `quantileOfSorted`. 64-bit integers are rounded to doubles first; of times and durations it is one too, to the nearest
 * nanosecond.
 *
 * @param q - 0 to 1; anything else throws RttsharkError `usage`
 */
export function quantile<const C extends string>(column: C, q: number): Aggregate<C, typeof meanType> {
  if (!(q >= 0 && q <= 1)) throw new RttsharkError('usage', `A quantile lies between 0 and 1, not at ${q}.`);
  return {
    name: `quantile ${q}`,
    column,
    result: meanType,
    sorted: true,
    of: (values) =>
      isSpans(values) ? quantileOfSpans(values.values, q) : quantileOfSorted((values as Numbers).values, q),
  };
}

/** The middle value, or the mean of the two middle ones: `quantile(column, 0.5)`. */
export function median<const C extends string>(column: C): Aggregate<C, typeof meanType> {
  return { ...quantile(column, 0.5), name: 'median' };
}

function sumOf({ type, values }: Column<NumberType | 'duration'>): number | bigint {
  if (type === 'int64' || type === 'uint64' || type === 'duration') {
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
