import { Column } from './column.ts';
import { columnOf } from './column-builder.ts';
import { namesOf } from './columns.ts';
import type { Columns } from './columns.ts';
import { groupRows } from './group-rows.ts';
import { quantileOfSorted } from './quantile.ts';
import { sampleVariance } from './sample-variance.ts';
import { meanOf } from './aggregates.ts';
import { numberToFloat } from './result-types.ts';
import type { ColumnType, RowOf, Schema } from './schema.ts';
import { epochSecondsOf } from './time.ts';

/** The columns of what `describe` gives, which has one row for each column that it describes. */
export const descriptionSchema = {
  column: 'text',
  type: 'text',
  count: 'uint32',
  nulls: 'uint32',
  distinct: 'uint32',
  mean: 'float64',
  stddev: 'float64',
  min: 'float64',
  p25: 'float64',
  p50: 'float64',
  p75: 'float64',
  max: 'float64',
} as const;

type Description = RowOf<typeof descriptionSchema>;

/**
 * One row for each column: its name and type, how many of its values are not null, how many are, how many different
 * ones there are, and for numbers mean, sample standard deviation, extremes and quartiles as doubles. Times are in
 * seconds, since the Unix epoch where they are points in time. Null where there is nothing to say.
 */
export function describe(columns: Columns<Schema>): Columns<typeof descriptionSchema> {
  const rows = Object.entries(columns).map(([name, column]) => describeColumn(name, column));
  const described = namesOf(descriptionSchema).map((name): [string, Column] => [
    name,
    columnOf<ColumnType>(
      descriptionSchema[name],
      rows.map((row) => row[name]),
    ),
  ]);
  return Object.fromEntries(described) as Columns<typeof descriptionSchema>;
}

function describeColumn(name: string, column: Column): Description {
  const { groupCount } = groupRows([column], column.length);
  const values = doublesOf(column);
  const empty = values === null || values.length === 0;
  const quantile = (q: number): number | null => (values === null ? null : quantileOfSorted(values, q));
  return {
    column: name,
    type: column.type,
    count: column.length - column.nullCount,
    nulls: column.nullCount,
    distinct: column.nullCount > 0 ? groupCount - 1 : groupCount,
    mean: empty ? null : meanOf(new Column({ type: 'float64', values })),
    stddev: values === null ? null : sampleVarianceRoot(values),
    min: quantile(0),
    p25: quantile(0.25),
    p50: quantile(0.5),
    p75: quantile(0.75),
    max: quantile(1),
  };
}

function sampleVarianceRoot(values: Float64Array): number | null {
  const variance = sampleVariance(values);
  return variance === null ? null : Math.sqrt(variance);
}

/** The values that are not null, ascending; null for a type that has no mean. */
function doublesOf(column: Column): Float64Array<ArrayBuffer> | null {
  const isSpan = column.type === 'time' || column.type === 'duration';
  if (!(column.type in numberToFloat) && !isSpan) return null;
  const doubles = new Float64Array(column.length - column.nullCount);
  let length = 0;
  for (let row = 0; row < column.length; row++) {
    if (column.isNull(row)) continue;
    const value = column.values[row] ?? 0;
    doubles[length++] = isSpan && typeof value === 'bigint' ? epochSecondsOf(value) : Number(value);
  }
  return doubles.sort();
}
