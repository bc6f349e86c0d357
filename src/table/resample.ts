import { RttsharkError } from '../errors.ts';
import { columnOf } from './column-builder.ts';
import { Column } from './column.ts';
import { commonLength, distinctNames, named } from './columns.ts';
import type { ColumnName, Columns } from './columns.ts';
import { concat } from './concat.ts';
import { aggregateGroups } from './group-by.ts';
import type { Aggregated, Aggregates } from './group-by.ts';
import { groupRows } from './group-rows.ts';
import { orderedRows } from './order-by.ts';
import type { Schema } from './schema.ts';
import { slice } from './slice.ts';
import { take, takeFrom } from './take.ts';
import { nanosecondsOf } from './time.ts';

export interface ResampleOptions<K extends string> {
  /** How long each bucket is. Buckets begin at multiples of it since the Unix epoch. */
  readonly seconds: number;
  /** Columns whose combinations of values have buckets of their own. */
  readonly by?: readonly K[];
  /** Whether buckets without rows are there too, between the first and the last one of each group; false by default. */
  readonly fill?: boolean;
}

const mostBuckets = 10_000_000n;

/**
 * Groups of the rows of each span of time: the keys, the time at which a bucket begins, then the aggregates.
 *
 * Groups in order of first appearance, times ascending in each. Rows without a time are left out. Throws RttsharkError
 * `usage` for a column that holds no times, for names that are unknown or given twice, and for more than ten million
 * buckets to fill.
 */
export function resample<
  S extends Schema,
  T extends ColumnName<S>,
  K extends ColumnName<S>,
  A extends Aggregates<S>,
>(
  columns: Columns<S>,
  time: T,
  { seconds, by = [], fill = false }: ResampleOptions<K>,
  aggregates: A,
): Columns<Aggregated<S, K | T, A>> {
  const span = nanosecondsOf(seconds);
  const times: Column = named(columns, time);
  if (times.type !== 'time') {
    throw new RttsharkError('usage', `Column "${time}" is of type "${times.type}", and buckets need times.`);
  }
  const timed = times.nullCount === 0 ? columns : take(columns, rowsWithValue(times));
  const bucketed: Columns<S> = { ...timed, [time]: floorTimes(timed[time], span) };
  const found: Columns<Schema> = aggregateGroups<S, K | T, A>(
    bucketed,
    [...distinctNames(columns, by), time],
    aggregates,
  );
  const sorted = sortBuckets(found, by, time);
  if (!fill) return sorted as Columns<Aggregated<S, K | T, A>>;
  const empty: Columns<Schema> = aggregateGroups<S, never, A>(slice(bucketed, 0, 0), [], aggregates);
  return fillBuckets(sorted, empty, { by, time, span }) as Columns<Aggregated<S, K | T, A>>;
}

function rowsWithValue(column: Column): Uint32Array<ArrayBuffer> {
  const rows = new Uint32Array(column.length - column.nullCount);
  let length = 0;
  for (let row = 0; row < column.length; row++) if (!column.isNull(row)) rows[length++] = row;
  return rows;
}

function floorTimes({ values }: Pick<Column, 'values'>, span: bigint): Column<'time'> {
  const floors = new BigInt64Array(values.length);
  let start = 0n;
  let end = 0n;
  for (let row = 0; row < values.length; row++) {
    const time = BigInt(values[row] ?? 0n);
    // Packets come in the order of time, nearly always: most are in the bucket of the one before.
    if (time < start || time >= end) {
      const rest = time % span;
      start = time - (rest < 0n ? rest + span : rest);
      end = start + span;
    }
    floors[row] = start;
  }
  return new Column({ type: 'time', values: floors });
}

/** Groups in order of first appearance, times ascending in each. */
function sortBuckets(buckets: Columns<Schema>, by: readonly string[], time: string): Columns<Schema> {
  const group = groupNumbers(buckets, by);
  const keyed = { group, time: named(buckets, time) };
  return take(buckets, orderedRows<Schema>(keyed, ['group', 'time']));
}

function groupNumbers(buckets: Columns<Schema>, by: readonly string[]): Column<'uint32'> {
  const { groupOf } = groupRows(
    by.map((name) => named(buckets, name)),
    commonLength(buckets),
  );
  return new Column({ type: 'uint32', values: groupOf });
}

/** @param empty - one row: what the aggregates give for no rows */
function fillBuckets(
  buckets: Columns<Schema>,
  empty: Columns<Schema>,
  { by, time, span }: { readonly by: readonly string[]; readonly time: string; readonly span: bigint },
): Columns<Schema> {
  const rowCount = commonLength(buckets);
  const groups = groupNumbers(buckets, by).values;
  const times = named(buckets, time).values;
  /** For each row of the result a row that has its keys, and the row that has its aggregates. */
  const [keyRows, resultRows]: [number[], number[]] = [[], []];
  const starts: bigint[] = [];
  const append = (keyRow: number, resultRow: number, start: bigint): void => {
    keyRows.push(keyRow);
    resultRows.push(resultRow);
    starts.push(start);
  };
  for (let row = 0; row < rowCount; row++) {
    const start = BigInt(times[row] ?? 0n);
    if (row > 0 && groups[row] === groups[row - 1]) {
      const previous = BigInt(times[row - 1] ?? 0n);
      if (BigInt(starts.length) + (start - previous) / span > mostBuckets) throw tooManyBuckets(time);
      for (let gap = previous + span; gap < start; gap += span) append(row, rowCount, gap);
    }
    append(row, row, start);
  }
  const aggregated = Object.fromEntries(Object.keys(empty).map((name) => [name, named(buckets, name)]));
  const results = take(concat<Schema>(aggregated, [empty]), Uint32Array.from(resultRows));
  const keys = by.map((name): [string, Column] => [
    name,
    takeFrom(named(buckets, name), Uint32Array.from(keyRows)),
  ]);
  return { ...Object.fromEntries(keys), [time]: columnOf('time', starts), ...results };
}

function tooManyBuckets(time: string): RttsharkError {
  return new RttsharkError(
    'usage',
    `Between the times of "${time}" there are more than ${String(mostBuckets)} buckets.`,
  );
}
