import { RttsharkError } from '../errors.ts';
import type { Aggregate, ResultType } from './aggregate.ts';
import type { Column } from './column.ts';
import { rowNumbers } from './row-numbers.ts';
import type { ColumnType, ValueOf } from './schema.ts';
import { SlidingFold } from './sliding-fold.ts';
import { storageOf } from './storage.ts';
import type { Codes } from './storage-kind.ts';
import { takeFrom } from './take.ts';
import { nanosecondsOf } from './time.ts';
import type { WindowFunction } from './window-function.ts';

interface Minimum {
  /** Fewer values than this that are not null give null; 1 by default. */
  readonly minimum?: number;
}

/** So many rows up to this one. */
export interface RowSpan extends Minimum {
  readonly rows: number;
  readonly seconds?: undefined;
}

/** The rows of so many seconds up to this one: later than its time less the span, and not later than its time. */
export interface TimeSpan<T extends string = string> extends Minimum {
  readonly rows?: undefined;
  readonly seconds: number;
  /** The column of times; rows must be in its order. */
  readonly time: T;
}

/**
 * An aggregate over the rows up to each row: `rolling(mean('rtt'), { rows: 10 })`, or
 * `rolling(quantile('rtt', 0.95), { seconds: 60, time: 'frame.time_epoch' })`.
 *
 * Nulls are left out. A row without a time has null. Rows of one time that come later are not in the window of a row.
 * `sum`, `mean`, `min` and `max` of floats and 32-bit integers take the same time for windows of every size (their sums
 * are not compensated); every other aggregate takes as long as its window is large. Throws RttsharkError `usage` for a span that is none, and, while
 * the windows are computed, for times that are not in order.
 */
export function rolling<const C extends string | undefined, const R extends ResultType>(
  aggregate: Aggregate<C, R>,
  span: RowSpan | TimeSpan,
): WindowFunction<C, R> {
  const { minimum = 1 } = span;
  const startsOf = span.rows === undefined ? timeStarts(span) : rowStarts(span);
  return {
    name: `rolling ${aggregate.name}`,
    column: aggregate.column,
    result: aggregate.result,
    sorted: aggregate.sorted ?? false,
    time: span.rows === undefined ? span.time : undefined,
    *of({ values, times }) {
      const starts = startsOf(values.length, times);
      const { rows, before } = validRows(values);
      const resultOf = windowResult(aggregate, values, rows);
      for (let row = 0; row < values.length; row++) {
        const start = starts[row] ?? 0;
        const [first, behind] = [before[start] ?? 0, before[row + 1] ?? 0];
        yield start <= row && behind - first >= minimum ? resultOf(first, behind) : null;
      }
    },
  };
}

/** For each row where its window starts; behind the row where it has none. */
type Starts = (rowCount: number, times: Column<'time'> | undefined) => Uint32Array;

function rowStarts({ rows }: RowSpan): Starts {
  if (!(Number.isSafeInteger(rows) && rows > 0)) {
    throw new RttsharkError('usage', `A window is a whole number of rows from 1 on, not ${rows}.`);
  }
  return (rowCount) => rowNumbers(rowCount).map((row) => Math.max(0, row - rows + 1));
}

function timeStarts({ seconds, time }: TimeSpan): Starts {
  const span = nanosecondsOf(seconds);
  return (rowCount, times) => {
    const starts = new Uint32Array(rowCount);
    let start = 0;
    let previous: bigint | null = null;
    for (let row = 0; row < rowCount; row++) {
      const now = times?.get(row) ?? null;
      if (now === null) {
        starts[row] = row + 1;
        continue;
      }
      if (previous !== null && now < previous) throw unordered(time);
      previous = now;
      for (
        let at = times?.get(start) ?? null;
        at === null || at <= now - span;
        at = times?.get(start) ?? null
      ) {
        start += 1;
      }
      starts[row] = start;
    }
    return starts;
  };
}

function unordered(time: string): RttsharkError {
  return new RttsharkError('usage', `The rows are not in the order of "${time}".`, {
    hint: `Add "orderBy: ['${time}']" to the window.`,
  });
}

/** The rows that are not null, and how many of them there are before each row. */
function validRows(values: Column): { rows: Uint32Array<ArrayBuffer>; before: Uint32Array } {
  const rows = new Uint32Array(values.length - values.nullCount);
  const before = new Uint32Array(values.length + 1);
  let length = 0;
  for (let row = 0; row < values.length; row++) {
    if (!values.isNull(row)) rows[length++] = row;
    before[row + 1] = length;
  }
  return { rows, before };
}

/** The result for the values that are not null, from the one at `first` to before `behind`. */
type WindowResult = (first: number, behind: number) => ValueOf<ColumnType> | null;

function windowResult(aggregate: Aggregate, column: Column, rows: Uint32Array<ArrayBuffer>): WindowResult {
  const { fold, sorted = false } = aggregate;
  const slow: WindowResult = (first, behind) =>
    aggregate.of(valuesAt(column, rows.subarray(first, behind), sorted));
  if (fold === undefined || !isNumbers(column)) return slow;
  const folds = new SlidingFold(takeFrom(column, rows).values, fold.combine);
  return (first, behind) =>
    first === behind ? slow(first, behind) : fold.finish(folds.of(first, behind), behind - first);
}

function isNumbers(column: Column): column is Column<'float64' | 'int32' | 'uint32'> {
  return column.type === 'float64' || column.type === 'int32' || column.type === 'uint32';
}

function valuesAt<T extends ColumnType>(column: Column<T>, rows: Codes, sorted: boolean): Column<T> {
  if (!sorted) return takeFrom(column, rows);
  const values = storageOf[column.type].gather(column.values, rows);
  values.sort();
  return column.with(values);
}
