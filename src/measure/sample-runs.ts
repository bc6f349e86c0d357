import type { Column } from '../table/column.ts';
import type { AnyTable } from '../table/table.ts';
import { assignSamples, noTarget, type CollectorOptions } from './each-sample.ts';
import { timeField } from './measurement.ts';

/** Samples of one table that go to the same target. */
export interface SampleRun<Target> {
  readonly target: Target;
  /** Their rows, ascending. */
  readonly rows: Uint32Array;
  /** The earliest and the latest of their times, in nanoseconds since the epoch; null where there is none. */
  readonly first: bigint | null;
  readonly last: bigint | null;
}

export interface SampleRuns<Target> {
  /** For each row of the table its value, where it is a sample. */
  readonly values: ArrayLike<number>;
  readonly runs: readonly SampleRun<Target>[];
}

/** Parts the samples of a table of packets by what they go to: as `eachSample`, but all of one target at once. */
export function sampleRuns<Target extends object>(
  packets: AnyTable,
  options: CollectorOptions,
  find: (labelValues: readonly string[]) => Target,
  found?: Map<string, Target>,
): SampleRuns<Target> {
  const { values, targets, targetOf } = assignSamples(packets, options, find, found);
  const rows = rowsByTarget(targetOf, targets.length);
  const spanOf = timeSpans(packets.column(timeField));
  return {
    values,
    runs: targets.map((target, i) => {
      const own = rows[i] ?? new Uint32Array(0);
      return { target, rows: own, ...spanOf(own) };
    }),
  };
}

function rowsByTarget(targetOf: Int32Array, count: number): Uint32Array[] {
  const ends = new Uint32Array(count + 1);
  for (const number of targetOf) {
    if (number !== noTarget) ends[number + 1] = (ends[number + 1] ?? 0) + 1;
  }
  for (let number = 0; number < count; number++)
    ends[number + 1] = (ends[number + 1] ?? 0) + (ends[number] ?? 0);
  const rows = new Uint32Array(ends[count] ?? 0);
  const next = ends.slice();
  for (let row = 0; row < targetOf.length; row++) {
    const number = targetOf[row] ?? noTarget;
    if (number === noTarget) continue;
    const at = next[number] ?? 0;
    rows[at] = row;
    next[number] = at + 1;
  }
  return Array.from({ length: count }, (_, number) => rows.subarray(ends[number], ends[number + 1]));
}

const noRow = -1;

/** Finds the earliest and the latest time of some rows by comparing words: a bigint for each row would take longer. */
function timeSpans(times: Column): (rows: Uint32Array) => { first: bigint | null; last: bigint | null } {
  const [low = new Uint32Array(0), high = new Uint32Array(0)] = times.sortWords();
  const { validity } = times;
  const isBefore = (row: number, other: number): boolean => {
    const a = high[row] ?? 0;
    const b = high[other] ?? 0;
    return a === b ? (low[row] ?? 0) < (low[other] ?? 0) : a < b;
  };
  const timeAt = (row: number): bigint | null => {
    const time = row === noRow ? null : times.get(row);
    return typeof time === 'bigint' ? time : null;
  };
  return (rows) => {
    let first = noRow;
    let last = noRow;
    for (const row of rows) {
      if (validity?.[row] === 0) continue;
      if (first === noRow || isBefore(row, first)) first = row;
      if (last === noRow || isBefore(last, row)) last = row;
    }
    return { first: timeAt(first), last: timeAt(last) };
  };
}
