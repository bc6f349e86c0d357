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
  quantile,
  stddev,
  sum,
} from '../../src/table/aggregates.ts';
import type { AnyTable } from '../../src/table/any-table.ts';
import { cumulativeMax, cumulativeSum } from '../../src/table/cumulative.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import { lag } from '../../src/table/lag.ts';
import { desc } from '../../src/table/order-by.ts';
import type { Table } from '../../src/table/table.ts';
import { Pandas, expectSameAsPandas } from './pandas.ts';

const schema = { key: 'text', span: 'duration', time: 'time', raw: 'bytes', ids: 'list<int32>' } as const;

/** Durations and times whose means and quantiles in groups of up to six are whole nanoseconds. */
const step = 480n;

const anyTable = fc
  .array(
    fc.record({
      key: fc.option(fc.constantFrom('a', 'b', 'c', 'd')),
      span: fc.option(fc.integer({ min: -900, max: 900 }).map((steps) => BigInt(steps) * step)),
      time: fc.option(
        fc.integer({ min: 0, max: 900 }).map((steps) => 1_699_999_999_680n + BigInt(steps) * step),
      ),
      raw: fc.option(fc.uint8Array({ maxLength: 2, max: 3 })),
      ids: fc.option(fc.array(fc.integer({ min: -1, max: 1 }), { maxLength: 2 })),
    }),
    { maxLength: 6 },
  )
  .map((rows) => fromRows(schema, rows));

type AnyOfThese = Table<typeof schema>;

interface Case {
  readonly verb: string;
  readonly ours: (t: AnyOfThese, u: AnyOfThese) => AnyTable;
  readonly pandas: string;
}

/** Sorts by columns of Python's bytes and tuples, which pandas compares as objects, nulls last. */
const sorted = `
def ordered(d, name, down=False):
    here = d[d[name].notna()]
    order = sorted(range(len(here)), key=lambda at: here[name].iloc[at], reverse=down)
    if down:
        order = sorted(range(len(here) - 1, -1, -1), key=lambda at: here[name].iloc[at])[::-1]
    return pd.concat([here.iloc[order], d[d[name].isna()]])
`;

const cases: readonly Case[] = [
  {
    verb: 'statistics of durations and times',
    ours: (t) =>
      t.groupBy('key').aggregate({
        sum: sum('span'),
        mean: mean('span'),
        median: median('span'),
        p25: quantile('span', 0.25),
        stddev: stddev('span'),
        min: min('span'),
        max: max('span'),
        first: first('span'),
        last: last('span'),
        distinct: distinctCount('span'),
        when: mean('time'),
        middle: median('time'),
        latest: max('time'),
        spread: stddev('time'),
      }),
    pandas: `
def row(g):
    x, w = g['span'].dropna(), g['time'].dropna()
    return [g['key'].iloc[0], x.sum() if len(x) else pd.Timedelta(0), x.mean(), x.median(), x.quantile(0.25) if len(x) else pd.NaT,
            pd.Timedelta(round(float(np.std(x.astype('int64'), ddof=1))), 'ns') if len(x) > 1 else pd.NaT, x.min(), x.max(),
            x.iloc[0] if len(x) else pd.NaT, x.iloc[-1] if len(x) else pd.NaT, x.nunique(),
            w.mean(), w.median(), w.max(), pd.Timedelta(round(float(np.std(w.astype('int64') - 1699999999680, ddof=1))), 'ns') if len(w) > 1 else pd.NaT]
names = ['key', 'sum', 'mean', 'median', 'p25', 'stddev', 'min', 'max', 'first', 'last', 'distinct', 'when', 'middle', 'latest', 'spread']
result = pd.DataFrame([row(g) for _, g in t.groupby('key', sort=False, dropna=False)], columns=names, dtype=object)`,
  },
  {
    verb: 'order of durations',
    ours: (t) => t.orderBy(desc('span'), 'time'),
    pandas: `result = t.sort_values('time', kind='stable').sort_values('span', kind='stable', ascending=False)`,
  },
  { verb: 'order of bytes', ours: (t) => t.orderBy('raw'), pandas: `${sorted}\nresult = ordered(t, 'raw')` },
  { verb: 'order of lists', ours: (t) => t.orderBy('ids'), pandas: `${sorted}\nresult = ordered(t, 'ids')` },
  {
    verb: 'distinct bytes and lists',
    ours: (t) => t.distinct('raw', 'ids'),
    pandas: `result = t.drop_duplicates(['raw', 'ids'])`,
  },
  {
    verb: 'valueCounts of lists',
    ours: (t) => t.valueCounts('ids'),
    pandas: `
seen = {}
for value in t['ids']: seen[value] = seen.get(value, 0) + 1
result = pd.DataFrame({'ids': pd.Series(list(seen), dtype=object), 'count': pd.Series(list(seen.values()), dtype='int64')})
result = result.sort_values('count', ascending=False, kind='stable')`,
  },
  {
    verb: 'groups of bytes',
    ours: (t) => t.groupBy('raw').aggregate({ n: count(), ids: distinctCount('ids'), first: first('ids') }),
    pandas: `
rows = []
for value in dict.fromkeys(t['raw']):
    g = t[t['raw'].isna()] if value is None else t[t['raw'] == value]
    ids = g['ids'].dropna()
    rows.append([value, len(g), len(set(ids)), ids.iloc[0] if len(ids) else None])
result = pd.DataFrame(rows, columns=['raw', 'n', 'ids', 'first'], dtype=object)`,
  },
  {
    verb: 'joins by bytes',
    ours: (t, u) => t.innerJoin(u.select('raw', 'span'), 'raw'),
    pandas: `
result = t.assign(at=range(len(t))).merge(u[['raw', 'span']].dropna(subset=['raw']).assign(other=lambda d: range(len(d))), on='raw', suffixes=('', '_right'))
result = result.sort_values(['at', 'other'])[[*t.columns, 'span_right']]`,
  },
  { verb: 'concat', ours: (t, u) => t.concat(u, t), pandas: `result = pd.concat([t, u, t])` },
  {
    verb: 'windows over durations and lists',
    ours: (t) =>
      t
        .window({ before: lag('ids'), sum: cumulativeSum('span'), max: cumulativeMax('span') })
        .select('before', 'sum', 'max'),
    // The cumsum of pandas 1.5 takes NaT for a number.
    pandas: `sums = t['span'].dropna().cumsum().reindex(t.index)
result = pd.DataFrame({'before': t['ids'].shift(1), 'sum': sums, 'max': t['span'].cummax()})`,
  },
  {
    verb: 'pivotWider of durations',
    ours: (t) =>
      t
        .filter(({ key, raw }) => key !== null && raw !== null)
        .pivotWider({ names: 'key', values: max('span'), by: ['raw'], columns: ['a', 'b', 'c', 'd'] }),
    pandas: `t = t.dropna(subset=['key', 'raw'])
rows = []
for value in dict.fromkeys(t['raw']):
    g = t[t['raw'] == value]
    rows.append([value, *[g[g['key'] == key]['span'].max() for key in 'abcd']])
result = pd.DataFrame(rows, columns=['raw', 'a', 'b', 'c', 'd'], dtype=object)`,
  },
];

describe('durations, bytes and lists are what pandas has for them', () => {
  let pandas: Pandas;
  before(() => {
    pandas = new Pandas();
  });
  after(() => pandas.stop());

  for (const { verb, ours, pandas: code } of cases) {
    it(verb, async () => {
      const agrees = fc.asyncProperty(anyTable, anyTable, async (t, u) => {
        expectSameAsPandas(ours(t, u), await pandas.ask(code, { t, u }));
      });
      await fc.assert(agrees, { numRuns: 25 });
    });
  }
});
