import { expect } from 'chai';
import fc from 'fast-check';
import {
  count,
  distinctCount,
  first,
  last,
  max,
  mean,
  median,
  min,
  sum,
} from '../../src/table/aggregates.ts';
import type { AnyTable } from '../../src/table/any-table.ts';
import { cumulativeCount, cumulativeMax, cumulativeSum } from '../../src/table/cumulative.ts';
import { custom } from '../../src/table/custom.ts';
import { flattenList } from '../../src/table/flatten-list.ts';
import { fromColumns } from '../../src/table/from-columns.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import { lag, lead } from '../../src/table/lag.ts';
import { desc } from '../../src/table/order-by.ts';
import { rolling } from '../../src/table/rolling.ts';
import { rowNumber } from '../../src/table/row-number.ts';
import { columnTypes } from '../../src/table/column-types.ts';
import type { Table } from '../../src/table/table.ts';
import { tableEqual } from '../support/table-equal.ts';
import { anyTable, everyType } from './arbitrary.ts';

type Every = Table<typeof everyType>;

/** Freezes what a verb is given, so that it throws where it writes to it. */
function frozen<const V>(value: V): V {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

const keys = frozen(['text', 'list<text>', 'bytes'] as const);
const named = (t: Every): AnyTable => t.select('text', 'bytes', 'list<int32>');

/** Every verb, with columns of every type where it takes any. */
const verbs: Readonly<Record<string, (t: Every, u: Every) => unknown>> = {
  select: (t) => t.select(...keys),
  drop: (t) => t.drop(...keys),
  rename: (t) => t.rename(frozen({ text: 'words', 'list<text>': 'lists' })),
  filter: (t) => t.filter(({ boolean }) => boolean !== false),
  derive: (t) =>
    t.derive(frozen({ bytes: { type: 'bytes', value: ({ bytes }) => bytes?.fill(7) ?? null } } as const)),
  slice: (t) => t.slice(1, -1),
  head: (t) => t.head(3),
  tail: (t) => t.tail(3),
  sample: (t) => t.sample(frozen({ fraction: 0.5, seed: 3 })),
  orderBy: (t) => t.orderBy(...frozen(columnTypes.map((type, at) => (at % 2 === 0 ? desc(type) : type)))),
  distinct: (t) => t.distinct(...columnTypes),
  valueCounts: (t) => t.valueCounts(...keys),
  describe: (t) => t.describe(),
  concat: (t, u) => t.concat(...frozen([u, t])),
  groupBy: (t) =>
    t.groupBy(...keys).aggregate(
      frozen({
        n: count(),
        last: last('list<bytes>'),
        mean: mean('duration'),
        median: median('time'),
        touched: custom('list<bytes>', {
          from: 'list<bytes>',
          to: 'uint32',
          of: (values) => {
            for (const list of values) for (const bytes of list ?? []) bytes.fill(1);
            return 1;
          },
        }),
      }),
    ),
  rollup: (t) =>
    t.rollup(
      frozen(
        Object.fromEntries(
          columnTypes.flatMap((type) => [
            [`first ${type}`, first(type)],
            [`min ${type}`, min(type)],
            [`max ${type}`, max(type)],
            [`distinct ${type}`, distinctCount(type)],
          ]),
        ),
      ),
    ),
  innerJoin: (t, u) => t.innerJoin(u, frozen([...keys]), frozen({ suffix: ' of u' })),
  leftJoin: (t, u) => t.leftJoin(u, frozen({ text: 'text', bytes: 'bytes' })),
  semiJoin: (t, u) => t.semiJoin(u, 'list<text>'),
  antiJoin: (t, u) => t.antiJoin(u, 'boolean'),
  pivotLonger: (t) => t.pivotLonger(frozen({ columns: ['time'], names: 'which', values: 'when' })),
  pivotWider: (t) =>
    t.pivotWider(frozen({ names: 'boolean', values: count(), by: ['bytes', 'list<int32>'], prefix: 'is ' })),
  window: (t) =>
    t.window(
      frozen({
        row: rowNumber(),
        lag: lag('list<text>'),
        lead: lead('bytes', 2),
        count: cumulativeCount('duration'),
        max: cumulativeMax('list<float64>'),
        mean: rolling(mean('duration'), { rows: 3 }),
        sum: rolling(sum('int32'), { rows: 2 }),
      }),
      frozen({ partitionBy: ['boolean'], orderBy: [desc('list<int32>'), 'time'] }),
    ),
  'a sum of durations': (t) =>
    t.derive({ duration: { type: 'duration', value: () => 1n } }).window({ sum: cumulativeSum('duration') }),
  resample: (t) =>
    t.resample('time', frozen({ seconds: 1e9, by: ['bytes'] })).aggregate({ last: last('list<bytes>') }),
  toRows: (t) => {
    for (const row of [...t.toObjects(), ...t.rows()]) {
      row.bytes?.fill(1);
      Object.assign(row, { text: 'changed', 'list<bytes>': null });
    }
  },
  toColumns: (t) => {
    for (const values of Object.values<unknown[]>(t.toColumns())) values.fill(null);
    for (const type of columnTypes) (t.column(type).toArray() as unknown[]).fill(null);
  },
  texts: (t) => [t.toCsv(), t.toJsonLines(), t.toString()],
  'words and lists': (t) => {
    for (const type of columnTypes) for (const words of t.column(type).sortWords()) words.fill(0);
    return flattenList(t.column('list<bytes>'));
  },
  fromRows: (t) => {
    const rows = t.toObjects();
    const again = fromRows(everyType, rows);
    for (const row of rows) row.bytes?.fill(9);
    tableEqual(again, t);
  },
  fromColumns: (t) => {
    const columns = t.toColumns();
    const again = fromColumns(everyType, columns);
    for (const bytes of columns.bytes) bytes?.fill(9);
    for (const values of Object.values<unknown[]>(columns)) values.fill(null);
    tableEqual(again, t);
  },
  'a table of few columns': named,
};

/** Copies of the storage of all columns. */
function storageOf(table: Every): unknown[] {
  return columnTypes.map((type) => {
    const { values, validity, dictionary, lists } = table.column(type);
    const { offsets, elements } = lists ?? {};
    return [values, validity, offsets, elements?.values]
      .map((array) => (array === undefined ? [] : Array.from<unknown>(array)))
      .concat([...dictionary], [...(elements?.dictionary ?? [])]);
  });
}

describe('verbs leave tables as they are', () => {
  it('all of them are here', () => {
    const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(fromRows({}, [])) as object);
    expect(Object.keys(verbs)).to.include.members(methods.filter((name) => name !== 'constructor'));
  });

  for (const [verb, run] of Object.entries(verbs)) {
    it(verb, () => {
      fc.assert(
        fc.property(anyTable, anyTable, (t, u) => {
          const before = [storageOf(t), storageOf(u)];
          run(t, u);
          // As text, since deep equality says nothing of which bit differs, and takes its time.
          expect(shown([storageOf(t), storageOf(u)]) === shown(before)).to.equal(true);
        }),
        { numRuns: 10 },
      );
    });
  }
});

function shown(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'bigint' || Object.is(part, -0) || (typeof part === 'number' && !Number.isFinite(part))
      ? `${Object.is(part, -0) ? '-' : ''}${String(part)}`
      : part,
  );
}
