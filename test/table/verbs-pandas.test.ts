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
import {
  cumulativeCount,
  cumulativeMax,
  cumulativeMean,
  cumulativeMin,
  cumulativeSum,
} from '../../src/table/cumulative.ts';
import { lag, lead } from '../../src/table/lag.ts';
import { rolling } from '../../src/table/rolling.ts';
import { rowNumber } from '../../src/table/row-number.ts';
import { desc } from '../../src/table/order-by.ts';
import type { AnyTable, Table } from '../../src/table/table.ts';
import { pandasTable } from './arbitrary.ts';
import type { pandasSchema } from './arbitrary.ts';
import { Pandas, expectSameAsPandas } from './pandas.ts';

type PandasTable = Table<typeof pandasSchema>;

interface Case {
  readonly verb: string;
  readonly ours: (t: PandasTable, u: PandasTable) => AnyTable;
  /** Of the data frames `t` and `u`; gives `result`. */
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
  {
    verb: 'innerJoin',
    ours: (t, u) => t.innerJoin(u.select('key', 'port', 'x', 'time'), ['key', 'port']),
    pandas: `u = u[['key', 'port', 'x', 'time']].dropna(subset=['key', 'port'])
result = t.assign(at=range(len(t))).merge(u.assign(at_right=range(len(u))), on=['key', 'port'], suffixes=('', '_right'))
result = result.sort_values(['at', 'at_right']).drop(columns=['at', 'at_right'])
result = result[[*t.columns, 'x_right', 'time_right']]`,
  },
  {
    verb: 'leftJoin',
    ours: (t, u) => t.leftJoin(u.select('key', 'n', 'flag'), 'key'),
    pandas: `result = t.merge(u[['key', 'n', 'flag']].dropna(subset=['key']), on='key', how='left', suffixes=('', '_right'))
result = result[[*t.columns, 'n_right', 'flag_right']]`,
  },
  {
    verb: 'leftJoin by columns of other names',
    ours: (t, u) => t.leftJoin(u.select('n', 'x').rename({ n: 'm' }), { n: 'm' }),
    pandas: `u = u[['n', 'x']].rename(columns={'n': 'm'}).dropna(subset=['m'])
result = t.merge(u, left_on='n', right_on='m', how='left', suffixes=('', '_right')).drop(columns='m')`,
  },
  {
    verb: 'semiJoin',
    ours: (t, u) =>
      t.semiJoin(
        u.filter(({ x }) => x !== null && x > 0),
        'key',
      ),
    pandas: `result = t[t['key'].isin(u[u['x'] > 0]['key'].dropna())]`,
  },
  {
    verb: 'antiJoin',
    ours: (t, u) =>
      t.antiJoin(
        u.filter(({ x }) => x !== null && x > 0),
        'key',
      ),
    pandas: `result = t[~t['key'].isin(u[u['x'] > 0]['key'].dropna())]`,
  },
  {
    verb: 'pivotLonger',
    ours: (t) =>
      t
        .drop('flag', 'time')
        .derive({ y: { type: 'float64', value: (_, at) => at } })
        .pivotLonger({ columns: ['y', 'x'] }),
    pandas: `t = t.drop(columns=['flag', 'time']).assign(y=np.arange(len(t), dtype='float64'))
result = t.melt(id_vars=['key', 'port', 'n'], value_vars=['y', 'x'], var_name='name')`,
  },
  {
    verb: 'pivotWider',
    ours: (t) =>
      t
        .filter(({ key, port, x }) => key !== null && port !== null && x !== null)
        .pivotWider({
          names: 'port',
          values: mean('x'),
          by: ['key'],
          prefix: 'p',
          columns: ['p22', 'p53', 'p443'],
        }),
    pandas: `t = t.dropna(subset=['key', 'port', 'x'])
result = t.groupby(['key', 'port'], sort=False)['x'].mean().unstack().reindex(t['key'].unique())
result = result.reindex(columns=[22, 53, 443]).rename_axis('key').reset_index()
result.columns = ['key', 'p22', 'p53', 'p443']`,
  },
  {
    verb: 'window by groups',
    ours: (t) =>
      t
        .window(
          {
            lag: lag('x'),
            lead: lead('key', 2),
            row: rowNumber(),
            sum: cumulativeSum('x'),
            exact: cumulativeSum('port'),
            min: cumulativeMin('x'),
            max: cumulativeMax('x'),
            mean: cumulativeMean('x'),
            count: cumulativeCount('x'),
          },
          { partitionBy: ['port'] },
        )
        .drop('key', 'port', 'x', 'n', 'flag', 'time'),
    pandas: `t['port'] = t['port'].astype('float64')
groups = t.groupby('port', dropna=False, sort=False)
x = groups['x']
result = pd.DataFrame({'lag': x.shift(1), 'lead': groups['key'].shift(-2), 'row': groups.cumcount() + 1, 'sum': x.cumsum(),
  'exact': groups['port'].cumsum(), 'min': x.cummin(), 'max': x.cummax(),
  'mean': x.transform(lambda g: g.expanding().mean()).where(t['x'].notna()),
  'count': x.transform(lambda g: g.notna().cumsum()).astype('int64')})`,
  },
  {
    verb: 'window in another order, over rows',
    ours: (t) =>
      t
        .window(
          {
            mean: rolling(mean('x'), { rows: 3 }),
            full: rolling(sum('x'), { rows: 4, minimum: 4 }),
            median: rolling(median('x'), { rows: 5, minimum: 2 }),
            max: rolling(max('x'), { rows: 2 }),
            lag: lag('n'),
          },
          { orderBy: ['time', desc('x')] },
        )
        .select('mean', 'full', 'median', 'max', 'lag'),
    pandas: `t = t.sort_values('x', kind='stable', ascending=False).sort_values('time', kind='stable')
x = t['x']
result = pd.DataFrame({'mean': x.rolling(3, min_periods=1).mean(), 'full': x.rolling(4).sum(),
  'median': x.rolling(5, min_periods=2).median(), 'max': x.rolling(2, min_periods=1).max(), 'lag': t['n'].shift(1)}).sort_index()`,
  },
  {
    verb: 'window over time',
    ours: (t) =>
      t
        .filter(({ time }) => time !== null)
        .orderBy('time')
        .window({
          sum: rolling(sum('x'), { seconds: 20.5, time: 'time' }),
          p25: rolling(quantile('x', 0.25), { seconds: 100, time: 'time' }),
        })
        .select('sum', 'p25'),
    pandas: `t = t.dropna(subset=['time']).sort_values('time', kind='stable')
if len(t):
    x = pd.Series(t['x'].to_numpy(), index=pd.DatetimeIndex(t['time']))
    result = pd.DataFrame({'sum': x.rolling('20500ms').sum(), 'p25': x.rolling('100s').quantile(0.25)})
else:
    result = pd.DataFrame({'sum': [], 'p25': []})`,
  },
  {
    verb: 'resample',
    ours: (t) =>
      t
        .resample('time', { seconds: 10, fill: true })
        .aggregate({ n: count('x'), mean: mean('x'), sum: sum('x') }),
    pandas: `x = t.dropna(subset=['time']).set_index('time').resample('10s')['x']
result = pd.DataFrame({'n': x.count(), 'mean': x.mean(), 'sum': x.sum()}).rename_axis('time').reset_index()`,
  },
  {
    verb: 'resample by groups',
    ours: (t) => t.resample('time', { seconds: 0.7, by: ['key'] }).aggregate({ n: count(), max: max('x') }),
    pandas: `t = t.dropna(subset=['time']).assign(time=lambda d: d['time'].astype('int64') // 700000000 * 700000000)
t['time'] = pd.to_datetime(t['time'])
t['key'] = t['key'].fillna('none')
order = {key: at for at, key in enumerate(t['key'].unique())}
groups = t.groupby(['key', 'time'], dropna=False, sort=False)
result = groups.agg(n=('x', 'size'), max=('x', 'max')).reset_index()
result = result.assign(at=result['key'].map(order)).sort_values(['at', 'time']).drop(columns='at')
result['key'] = result['key'].where(result['key'] != 'none', None)`,
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
      const agrees = fc.asyncProperty(pandasTable, pandasTable, async (t, u) => {
        expectSameAsPandas(ours(t, u), await pandas.ask(code, { t, u }));
      });
      await fc.assert(agrees, { numRuns: 25 });
    });
  }
});
