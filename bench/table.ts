/**
 * The verbs of the table on a million rows, beside pandas on the same rows: `npx tsx bench/table.ts [--rows N] [--runs N]`.
 *
 * Both give the medians of their runs, in time that passed and in time of the processor, which other programs change less;
 * the first run of each is left out. pandas is Debian's python3-pandas.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import {
  Column,
  Table,
  count,
  desc,
  fromColumns,
  lag,
  mean,
  quantile,
  rolling,
  sum,
  toArrow,
} from '../src/index.ts';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '1000000' }, runs: { type: 'string', default: '5' } },
});
const rowCount = Number(values.rows);
const runs = Number(values.runs);
const hosts = 20_000;

/** Numbers from 0 to below 1 that Python computes as well: the fractional parts of multiples of the golden ratio. */
const spread = (row: number, by: number): number => (row * by) % 1;
const golden = 0.618_033_988_749_894_9;
const silver = 0.414_213_562_373_095;
const rows = Array.from({ length: rowCount }, (_, row) => row);

const table = fromColumns(
  { time: 'time', src: 'text', port: 'uint32', rtt: 'float64', bytes: 'uint32' },
  {
    time: rows.map((row) => 1_700_000_000_000_000_000n + BigInt(row) * 1_000_000n),
    src: rows.map((row) => `10.0.${Math.floor(spread(row, golden) * hosts)}`),
    port: rows.map((row) => row % 100),
    rtt: rows.map((row) => spread(row, silver)),
    bytes: rows.map((row) => (row * 7919) % 1500),
  },
);
const names = new Table({
  src: new Column({
    type: 'text',
    values: Uint32Array.from({ length: hosts }, (_, host) => host),
    dictionary: Array.from({ length: hosts }, (_, host) => `10.0.${host}`),
  }),
  site: new Column({ type: 'uint32', values: Uint32Array.from({ length: hosts }, (_, host) => host % 7) }),
});

/** What each side runs, and how long it may take here, in ms. pandas alone writes no Arrow. */
const cases: readonly { name: string; most?: number; ours: () => unknown; pandas?: string }[] = [
  {
    name: 'group-by, p50 and p99',
    most: 150,
    ours: () =>
      table.groupBy('src').aggregate({ n: count(), p50: quantile('rtt', 0.5), p99: quantile('rtt', 0.99) }),
    pandas: `g = t.groupby('src', sort=False)['rtt']; g.count(); g.quantile([0.5, 0.99])`,
  },
  {
    name: 'order-by, two keys',
    most: 600,
    ours: () => table.orderBy('src', desc('rtt')),
    pandas: `t.sort_values(['src', 'rtt'], ascending=[True, False])`,
  },
  {
    name: 'filter',
    most: 50,
    ours: () => table.filter(({ rtt }) => rtt !== null && rtt > 0.5),
    pandas: `t[t['rtt'] > 0.5]`,
  },
  {
    name: 'derive',
    most: 50,
    ours: () =>
      table.derive({ ms: { type: 'float64', value: ({ rtt }) => (rtt === null ? null : rtt * 1000) } }),
    pandas: `t.assign(ms=t['rtt'] * 1000)`,
  },
  {
    name: 'filter by a text',
    most: 50,
    ours: () => table.filter(({ src }) => src === '10.0.7'),
    pandas: `t[t['src'] == '10.0.7']`,
  },
  {
    name: 'derive from time',
    ours: () =>
      table.derive({
        ms: { type: 'int64', value: ({ time }) => (time === null ? null : time / 1_000_000n) },
      }),
    pandas: `t.assign(ms=t['time'].astype('int64') // 1000000)`,
  },
  { name: 'to Arrow', most: 200, ours: () => toArrow(table) },
  {
    name: 'inner join',
    ours: () => table.innerJoin(names, 'src'),
    pandas: `t.merge(names, on='src')`,
  },
  {
    name: 'distinct',
    ours: () => table.distinct('src', 'port'),
    pandas: `t.drop_duplicates(['src', 'port'])`,
  },
  {
    name: 'lag by groups',
    ours: () => table.window({ before: lag('rtt') }, { partitionBy: ['src'] }),
    pandas: `t.assign(before=t.groupby('src', sort=False)['rtt'].shift(1))`,
  },
  {
    name: 'rolling mean, 10 rows',
    ours: () => table.window({ mean: rolling(mean('rtt'), { rows: 10 }) }),
    pandas: `t.assign(mean=t['rtt'].rolling(10, min_periods=1).mean())`,
  },
  {
    name: 'rolling sum, 1 s (1000 rows)',
    ours: () => table.window({ sum: rolling(sum('rtt'), { seconds: 1, time: 'time' }) }),
    pandas: `t.set_index('time')['rtt'].rolling('1s').sum()`,
  },
  {
    name: 'resample, 1 s',
    ours: () => table.resample('time', { seconds: 1 }).aggregate({ n: count(), mean: mean('rtt') }),
    pandas: `t.set_index('time').resample('1s')['rtt'].agg(['size', 'mean'])`,
  },
];

const program = `
import json, statistics, time
import numpy as np, pandas as pd
n = ${rowCount}
rows = np.arange(n)
t = pd.DataFrame({
    'time': pd.to_datetime(1700000000000000000 + rows * 1000000),
    'src': pd.Series(['10.0.%d' % host for host in np.floor((rows * ${golden}) % 1 * ${hosts}).astype(int)]),
    'port': (rows % 100).astype('uint32'), 'rtt': (rows * ${silver}) % 1, 'bytes': (rows * 7919 % 1500).astype('uint32')})
names = pd.DataFrame({'src': ['10.0.%d' % host for host in range(${hosts})], 'site': np.arange(${hosts}) % 7})
result = []
for code in ${JSON.stringify(cases.map(({ pandas = 'None' }) => pandas))}:
    times = []
    for run in range(${runs} + 1):
        start = time.perf_counter(), time.process_time()
        exec(code)
        times.append(((time.perf_counter() - start[0]) * 1000, (time.process_time() - start[1]) * 1000))
    result.append([statistics.median(part) for part in zip(*times[1:])])
print(json.dumps({'version': pd.__version__, 'ms': result}))
`;
const theirs = JSON.parse(
  execFileSync('/usr/bin/python3', ['-W', 'ignore', '-c', program], { encoding: 'utf8' }),
) as { version: string; ms: [ms: number, cpuMs: number][] };

const results = cases.map(({ name, most, ours }, at) => ({
  name,
  most,
  ...time(ours),
  pandasMs: theirs.ms[at]?.[0] ?? NaN,
  pandasCpuMs: theirs.ms[at]?.[1] ?? NaN,
}));
const inMs = (ms: number): string => `${ms.toFixed(0).padStart(6)} ms`;
for (const { name, most, ms, cpuMs, pandasMs, pandasCpuMs } of results) {
  const verdict = most === undefined ? '' : ms <= most ? `   within ${most}` : `   ABOVE ${most}`;
  const times = `${inMs(ms)} (${inMs(cpuMs)} CPU)   pandas ${inMs(pandasMs)} (${inMs(pandasCpuMs)} CPU)`;
  console.log(`${name.padEnd(30)} ${times}${verdict}`);
}
const about = { rowCount, runs, pandas: theirs.version, node: process.version, cpu: cpus()[0]?.model };
console.log(JSON.stringify(about));
mkdirSync('build', { recursive: true });
writeFileSync('build/bench-table.json', `${JSON.stringify({ ...about, results }, null, 2)}\n`);

function time(run: () => unknown): { ms: number; cpuMs: number } {
  const times = Array.from({ length: runs + 1 }, () => {
    const start = performance.now();
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return { ms: performance.now() - start, cpuMs: (user + system) / 1000 };
  }).slice(1);
  return { ms: median(times.map(({ ms }) => ms)), cpuMs: median(times.map(({ cpuMs }) => cpuMs)) };
}

function median(numbers: number[]): number {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}
