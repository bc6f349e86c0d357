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
  variance,
} from '../../src/table/aggregates.ts';
import { desc } from '../../src/table/order-by.ts';
import type { AnyTable, Table } from '../../src/table/table.ts';
import { pandasTable } from './arbitrary.ts';
import type { pandasSchema } from './arbitrary.ts';
import { Pandas, expectSameAsPandas } from './pandas.ts';

type PandasTable = Table<typeof pandasSchema>;

interface Case {
  readonly verb: string;
  readonly ours: (t: PandasTable) => AnyTable;
  /** Of the data frame `t`; gives `result`. */
  readonly pandas: string;
}

const aggregates = {
  rows: count(),
  n: count('x'),
  sum: sum('x'),
  mean: mean('x'),
  stddev: stddev('x'),
  variance: variance('x'),
  min: min('x'),
  max: max('x'),
  median: median('x'),
  p90: quantile('x', 0.9),
  first: first('x'),
  last: last('x'),
  distinct: distinctCount('x'),
  keys: distinctCount('key'),
  exact: sum('n'),
};

const aggregated = `
def aggregated(g):
    x = g['x'].dropna()
    return {'rows': len(g), 'n': g['x'].count(), 'sum': x.sum(), 'mean': x.mean(), 'stddev': x.std(), 'variance': x.var(),
            'min': x.min(), 'max': x.max(), 'median': x.median(), 'p90': x.quantile(0.9),
            'first': x.iloc[0] if len(x) else None, 'last': x.iloc[-1] if len(x) else None,
            'distinct': x.nunique(), 'keys': g['key'].nunique(), 'exact': sum(int(v) for v in g['n'].dropna())}
`;

const cases: readonly Case[] = [
  { verb: 'select', ours: (t) => t.select('x', 'key'), pandas: `result = t[['x', 'key']]` },
  { verb: 'drop', ours: (t) => t.drop('x', 'flag'), pandas: `result = t.drop(columns=['x', 'flag'])` },
  {
    verb: 'rename',
    ours: (t) => t.rename({ x: 'rtt', key: 'src' }),
    pandas: `result = t.rename(columns={'x': 'rtt', 'key': 'src'})`,
  },
  { verb: 'head', ours: (t) => t.head(7), pandas: `result = t.head(7)` },
  { verb: 'tail', ours: (t) => t.tail(), pandas: `result = t.tail()` },
  { verb: 'slice', ours: (t) => t.slice(-9, -2), pandas: `result = t.iloc[-9:-2]` },
  {
    verb: 'filter',
    ours: (t) => t.filter(({ x, key }) => x !== null && x > 0 && key === 'a'),
    pandas: `result = t[(t['x'] > 0) & (t['key'] == 'a')]`,
  },
  {
    verb: 'derive',
    ours: (t) => t.derive({ twice: { type: 'float64', value: ({ x }) => (x === null ? null : x * 2) } }),
    pandas: `result = t.assign(twice=t['x'] * 2)`,
  },
  {
    verb: 'orderBy',
    ours: (t) => t.orderBy('key', desc('x'), 'port'),
    pandas: `result = t.sort_values(['port'], kind='stable')
result = result.sort_values(['x'], kind='stable', ascending=False).sort_values(['key'], kind='stable')`,
  },
  { verb: 'concat', ours: (t) => t.concat(t.head(3), t), pandas: `result = pd.concat([t, t.head(3), t])` },
  { verb: 'distinct', ours: (t) => t.distinct(), pandas: `result = t.drop_duplicates()` },
  {
    verb: 'distinct of some columns',
    ours: (t) => t.distinct('key', 'flag'),
    pandas: `result = t.drop_duplicates(['key', 'flag'])`,
  },
  {
    verb: 'valueCounts',
    ours: (t) => t.valueCounts('key', 'port'),
    pandas: `result = t.groupby(['key', 'port'], sort=False, dropna=False).size().reset_index(name='count')
result = result.sort_values('count', ascending=False, kind='stable')`,
  },
  {
    verb: 'rollup',
    ours: (t) => t.rollup(aggregates),
    pandas: `${aggregated}
result = pd.DataFrame([aggregated(t)], dtype=object)`,
  },
  {
    verb: 'groupBy',
    ours: (t) => t.groupBy('key', 'flag').aggregate(aggregates),
    pandas: `${aggregated}
t['flag'] = t['flag'].astype(object).where(t['flag'].notna(), None)
rows = [{'key': g['key'].iloc[0], 'flag': g['flag'].iloc[0], **aggregated(g)}
        for _, g in t.groupby(['key', 'flag'], sort=False, dropna=False)]
result = pd.DataFrame(rows, columns=['key', 'flag', *aggregated(t)], dtype=object)`,
  },
  {
    verb: 'describe',
    ours: (t) =>
      t
        .select('x', 'port')
        .describe()
        .select('column', 'count', 'mean', 'stddev', 'min', 'p25', 'p50', 'p75', 'max'),
    pandas: `result = t[['x', 'port']].astype('float64').describe().T.reset_index()
result.columns = ['column', 'count', 'mean', 'stddev', 'min', 'p25', 'p50', 'p75', 'max']`,
  },
];

describe('the verbs give what pandas gives', () => {
  let pandas: Pandas;
  before(() => {
    pandas = new Pandas();
  });
  after(() => pandas.stop());

  for (const { verb, ours, pandas: code } of cases) {
    it(verb, async () => {
      const agrees = fc.asyncProperty(pandasTable, async (t) => {
        expectSameAsPandas(ours(t), await pandas.ask(code, { t }));
      });
      await fc.assert(agrees, { numRuns: 40 });
    });
  }
});
