import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { LabelSet, MetricFamily } from '../../src/metrics/metric-family.ts';
import { openMetricsExposition } from '../../src/metrics/open-metrics-exposition.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { promtoolProgram } from '../support/server-programs.ts';

type Series = readonly [name: string, labels: LabelSet, value: string];

const hostile = ['a "quoted" one', 'back\\slash\\n', 'two\nlines', 'é ☃ 😀', '{a="b",c="}"} 1 # EOF', ''];

const families: MetricFamily[] = [
  {
    type: 'histogram',
    name: 'rtt_seconds',
    help: 'Help with "quotes", a \\ and a\nline end.',
    unit: 'seconds',
    samples: hostile.map((host, i) => ({
      labels: { host },
      bounds: [0.00005, 1, 1e6],
      cumulativeCounts: [i, i + 1, i + 1],
      count: i + 2,
      sum: i + 0.5,
    })),
  },
  {
    type: 'counter',
    name: 'read_bytes',
    help: 'Bytes.',
    unit: 'bytes',
    samples: [{ labels: {}, value: 1e21 }],
  },
  { type: 'gauge', name: 'level', help: 'A level.', samples: [{ labels: {}, value: -Infinity }] },
  {
    type: 'summary',
    name: 'size',
    help: 'Sizes.',
    samples: [{ labels: { a: 'b' }, quantiles: [{ quantile: 1, value: 2.5 }], count: 3, sum: 4 }],
  },
  { type: 'info', name: 'build', help: 'Facts.', samples: [{ labels: { version: '1' } }] },
  {
    type: 'stateset',
    name: 'state',
    help: 'A state.',
    states: ['up', 'down'],
    samples: [{ labels: {}, state: 'up' }],
  },
];

/** Prometheus takes an empty label for none. */
function host(name: string): LabelSet {
  return name === '' ? {} : { host: name };
}

const expected: Series[] = [
  ...hostile.flatMap((name, i): Series[] => [
    ['rtt_seconds_bucket', { ...host(name), le: '5e-05' }, `${i}`],
    ['rtt_seconds_bucket', { ...host(name), le: '1.0' }, `${i + 1}`],
    ['rtt_seconds_bucket', { ...host(name), le: '1e+06' }, `${i + 1}`],
    ['rtt_seconds_bucket', { ...host(name), le: '+Inf' }, `${i + 2}`],
    ['rtt_seconds_sum', host(name), `${i + 0.5}`],
    ['rtt_seconds_count', host(name), `${i + 2}`],
  ]),
  ['read_bytes_total', {}, '1e+21'],
  ['level', {}, '-Inf'],
  ['size', { a: 'b', quantile: '1.0' }, '2.5'],
  ['size_sum', { a: 'b' }, '4'],
  ['size_count', { a: 'b' }, '3'],
  ['build_info', { version: '1' }, '1'],
  ['state', { state: 'up' }, '1'],
  ['state', { state: 'down' }, '0'],
];

/** The series of a line that promtool dumps, as in `{__name__="a", b="c"} 1 1700000000000`. */
function series(line: string): Series {
  const labels = Array.from(line.matchAll(/(\w+)=("(?:[^"\\]|\\.)*")/g), ([, name = '', quoted = '']) => [
    name,
    JSON.parse(quoted) as string,
  ]);
  const { __name__: name = '', ...others } = Object.fromEntries(labels) as Record<string, string>;
  return [name, others, line.split(' ').at(-2) ?? ''];
}

describe('OpenMetrics, read by Prometheus', () => {
  const file = temporaryFolder();

  it('is the series that were to be written', () => {
    const text = [...openMetricsExposition(families)].join('');
    // A database takes no samples without their time.
    writeFileSync(file('metrics'), text.replace(/^[^#\n].*/gm, '$& 1700000000'));
    // Newer versions of promtool write beside a folder "data" of where they run.
    const promtool = (...args: string[]): string =>
      execFileSync(promtoolProgram, ['tsdb', ...args], { encoding: 'utf8', cwd: file() });
    promtool('create-blocks-from', 'openmetrics', 'metrics', 'data');
    mkdirSync(file('data', 'wal'));
    const dump = promtool('dump', 'data');
    const read = dump.trimEnd().split('\n').map(series);
    expect(read).to.have.deep.members(expected);
  });
});
