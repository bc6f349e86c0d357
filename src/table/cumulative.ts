import { meanType, sameType, sumType } from './result-types.ts';
import type { Column } from './column.ts';
import { compareValues } from './compare-values.ts';
import { CompensatedSum } from './compensated-sum.ts';
import type { ColumnType, ValueOf } from './schema.ts';
import { divided, isSpans } from './spans.ts';
import type { WindowFunction } from './window-function.ts';

type Value = ValueOf<ColumnType>;

/**
 * The sum of the values so far, in the types of `sum`; null where the row's value is null, which does not end the sum.
 * 64-bit integers and durations are summed exactly; RttsharkError `usage` where the sum does not fit their type.
 */
export function cumulativeSum<const C extends string>(column: C): WindowFunction<C, typeof sumType> {
  return {
    name: 'cumulativeSum',
    column,
    result: sumType,
    of({ values }) {
      if (isExact(values)) {
        let exact = 0n;
        return running(values, (value) => (exact += value));
      }
      const sum = new CompensatedSum();
      return running(values, (value) => {
        sum.add(Number(value));
        return sum.value;
      });
    },
  };
}

/** The mean of the values so far, of times and durations one too; null where the row's value is null. */
export function cumulativeMean<const C extends string>(column: C): WindowFunction<C, typeof meanType> {
  return {
    name: 'cumulativeMean',
    column,
    result: meanType,
    of({ values }) {
      if (isSpans(values)) {
        let exact = 0n;
        let spanCount = 0;
        return running(values, (value) => divided((exact += value), ++spanCount));
      }
      const sum = new CompensatedSum();
      let count = 0;
      return running(values, (value) => {
        sum.add(Number(value));
        count += 1;
        return sum.value / count;
      });
    },
  };
}

/** The smallest value so far, NaN from the first NaN on; null where the row's value is null. */
export function cumulativeMin<const C extends string>(column: C): WindowFunction<C, typeof sameType> {
  return extreme('cumulativeMin', column, (value, best) => compareValues(value, best) < 0);
}

/** The largest value so far, NaN from the first NaN on; null where the row's value is null. */
export function cumulativeMax<const C extends string>(column: C): WindowFunction<C, typeof sameType> {
  return extreme('cumulativeMax', column, (value, best) => compareValues(value, best) > 0);
}

/** How many values so far are not null, the row's own included. */
export function cumulativeCount<const C extends string>(column: C): WindowFunction<C, 'uint32'> {
  return {
    name: 'cumulativeCount',
    column,
    result: 'uint32',
    *of({ values }) {
      let count = 0;
      for (let row = 0; row < values.length; row++) {
        if (!values.isNull(row)) count += 1;
        yield count;
      }
    },
  };
}

function extreme<const C extends string>(
  name: string,
  column: C,
  isBetter: (value: Value, best: Value) => boolean,
): WindowFunction<C, typeof sameType> {
  return {
    name,
    column,
    result: sameType,
    of({ values }) {
      let best: Value | undefined;
      return running(values, (value) => {
        if (best === undefined || Number.isNaN(value) || isBetter(value, best)) best = value;
        return best;
      });
    },
  };
}

function isExact(column: Column): column is Column<'int64' | 'uint64' | 'duration'> {
  return column.type === 'int64' || column.type === 'uint64' || column.type === 'duration';
}

function* running<T extends ColumnType>(
  values: Column<T>,
  next: (value: ValueOf<T>) => Value,
): Generator<Value | null> {
  for (const value of values) yield value === null ? null : next(value);
}
