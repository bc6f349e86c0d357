import { expect } from 'chai';
import fc from 'fast-check';
import { expositionFormats } from '../../src/metrics/exposition-formats.ts';
import type { LabelSet, MetricFamily } from '../../src/metrics/metric-family.ts';
import { canonicalFloat } from '../../src/metrics/number-text.ts';
import { parsed, python, pythonNumber, type ParsedSample } from './python-client.ts';

const hostile = [
  'plain',
  'a "quoted" one',
  'back\\slash\\n',
  'two\nlines\n',
  'é ☃ 😀',
  '{a="b",c="}"}',
  ' \r\t',
];
const odd = [0, 1, -1, 12345678, 1e-300, 1.7976931348623157e308, 0.1 + 0.2, Infinity, -Infinity, NaN];
const bounds = [0.00001, 0.00005, 0.001, 0.25, 1, 10, 123456, 1000000, 1234567.5];
const observed = [0.00003, 0.00005, 0.7, 1, 2_000_000];

/** The same with Python's own instruments: observed, counted, set. */
const instruments = `
import re
from prometheus_client import CollectorRegistry, Counter, Enum, Gauge, Histogram, Info, exposition
from prometheus_client.openmetrics import exposition as openmetrics
registry = CollectorRegistry()
help = asked['help']
histogram = Histogram('rtt_seconds', help, ['host'], unit='seconds', buckets=asked['bounds'], registry=registry)
counter = Counter('seen_packets', help, ['by', 'host'], unit='packets', registry=registry)
gauge = Gauge('level', help, ['host'], registry=registry)
info = Info('build', help, registry=registry)
enum = Enum('state', help, ['host'], states=['up', 'down'], registry=registry)
for text in asked['hostile']:
    for value in asked['observed']: histogram.labels(text).observe(value)
    counter.labels('x', text).inc(3)
    enum.labels(text).state('down')
for value in asked['odd']: gauge.labels(value).set(float(value))
info.info({'version': asked['help']})
def without_created(text):
    return re.sub(r'^(# HELP .*_created .*\\n# TYPE .*_created .*\\n|\\w+_created[ {].*\\n)', '', text, flags=re.M)
answer = [without_created(module.generate_latest(registry).decode()) for module in (exposition, openmetrics)]
`;

function sameFamilies(help: string): MetricFamily[] {
  const cumulativeCounts = bounds.map((bound) => observed.filter((value) => value <= bound).length);
  const sum = observed.reduce((whole, value) => whole + value, 0);
  const each = <T>(make: (host: string) => T): T[] => hostile.map(make);
  return [
    {
      type: 'histogram',
      name: 'rtt_seconds',
      help,
      unit: 'seconds',
      samples: each((host) => ({ labels: { host }, bounds, cumulativeCounts, count: observed.length, sum })),
    },
    {
      type: 'counter',
      name: 'seen_packets',
      help,
      unit: 'packets',
      samples: each((host) => ({ labels: { by: 'x', host }, value: 3 })),
    },
    {
      type: 'gauge',
      name: 'level',
      help,
      samples: odd.map((value) => ({ labels: { host: pythonText(value) }, value })),
    },
    { type: 'info', name: 'build', help, samples: [{ labels: { version: help } }] },
    {
      type: 'stateset',
      name: 'state',
      help,
      states: ['up', 'down'],
      samples: each((host) => ({ labels: { host }, state: 'down' })),
    },
  ];
}

function pythonText(value: number): string {
  return Number.isFinite(value) ? String(value) : String(value).replace('Infinity', 'inf');
}

/** Where Python differs without harm: 3.0 for 3, and the count before the sum. */
function levelled(text: string): string {
  const values: Readonly<Record<string, number>> = { '+Inf': Infinity, '-Inf': -Infinity };
  return text
    .replace(/^(\w+_count\{[^\n]*\n)(\w+_sum\{[^\n]*\n)/gm, '$2$1')
    .replace(
      /^([^#\n][^\n]*) (\S+)$/gm,
      (_, head: string, value: string) => `${head} ${values[value] ?? Number(value)}`,
    );
}

/** In the text format, any number may be a bound: `1.0` for `1`. */
function withPlainBounds(text: string): string {
  return text.replace(/le="([-.\de+]+)"/g, (_, bound: string) => `le="${Number(bound)}"`);
}

describe("the exposition formats beside Python's client", () => {
  const help = 'Help with "quotes", a \\ and a\nline end; é.';
  const families = sameFamilies(help);
  let theirs: [text: string, openMetrics: string];

  before(() => {
    theirs = python(instruments, {
      help,
      bounds,
      observed,
      hostile,
      odd: odd.map(pythonText),
    }) as typeof theirs;
  });

  it('have the bytes of its OpenMetrics', () => {
    const ours = [...expositionFormats.openMetrics.encode(families)].join('');
    expect(levelled(ours)).to.equal(levelled(theirs[1]));
  });

  it('have the bytes of its text', () => {
    const ours = [...expositionFormats.text.encode(families)].join('');
    expect(withPlainBounds(levelled(ours))).to.equal(withPlainBounds(levelled(theirs[0])));
  });

  it('write bounds as it does, where it writes them as Go does', () => {
    const positive = fc.double({ min: 1e-12, max: 9.9e9, noNaN: true });
    const numbers = [...bounds, 0, Infinity, -Infinity, NaN, -0.5, ...fc.sample(positive, 2000)];
    const program =
      'from prometheus_client.utils import floatToGoString\nanswer = [floatToGoString(n) for n in asked]';
    expect(numbers.map(canonicalFloat)).to.deep.equal(python(program, numbers.map(pythonText)));
  });
});

const names = fc.stringMatching(/^[a-z]{1,8}$/).map((name) => `x_${name}`);
const texts = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.constantFrom('\\', '"', '\n', '{', '}', ',', '=', '#', ' ', 'n')).map((all) => all.join('')),
);
const labelSets: fc.Arbitrary<LabelSet> = fc.dictionary(names, texts, { maxKeys: 3, noNullPrototype: true });

const anyGauge: fc.Arbitrary<MetricFamily & { type: 'gauge' }> = fc.record({
  type: fc.constant('gauge'),
  name: names,
  help: texts.map((text) => `Help ${text}.`),
  samples: fc
    .uniqueArray(labelSets, {
      minLength: 1,
      maxLength: 5,
      selector: (set) => JSON.stringify(Object.entries(set).sort()),
    })
    .map((sets) =>
      sets.map((labels, i) => ({ labels, value: [1e-300, NaN, Infinity, -Infinity, -0.1][i] ?? i })),
    ),
});

describe("what is written in the exposition formats, read by Python's client", () => {
  for (const format of ['text', 'openMetrics'] as const) {
    it(`is what was to be written, as ${format}`, () => {
      const gauges = fc.sample(anyGauge, 500);
      const written = gauges.map((gauge) => [...expositionFormats[format].encode([gauge])].join(''));
      for (const [i, [family, ...others]] of parsed(format, written).entries()) {
        const { name, help, samples } = gauges[i]!;
        expect(others).to.deep.equal([]);
        expect(family).to.include({ name, help, type: 'gauge' });
        expect(family!.samples.map(withNumber)).to.deep.equal(
          [...samples].map(({ labels, value }) => [name, labels, value]),
        );
      }
    });
  }

  it('is a histogram without a sum where OpenMetrics allows none', () => {
    const samples = [{ labels: {}, bounds: [-1, 1e12], cumulativeCounts: [1, 2], count: 2, sum: -5 }];
    const text = [
      ...expositionFormats.openMetrics.encode([{ type: 'histogram', name: 'h', help: '', samples }]),
    ].join('');
    const [read = []] = parsed('openMetrics', [text]);
    expect(read.flatMap(({ samples }) => samples.map(withNumber))).to.deep.equal([
      ['h_bucket', { le: '-1.0' }, 1],
      ['h_bucket', { le: '1e+12' }, 2],
      ['h_bucket', { le: '+Inf' }, 2],
    ]);
  });
});

function withNumber([name, labels, value]: ParsedSample): [string, Readonly<Record<string, string>>, number] {
  return [name, labels, pythonNumber(value)];
}
