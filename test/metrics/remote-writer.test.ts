import { expect } from 'chai';
import fc from 'fast-check';
import type { LabelSet, MetricFamily } from '../../src/metrics/metric-family.ts';
import { openMetricsExposition } from '../../src/metrics/open-metrics-exposition.ts';
import { RemoteWriter } from '../../src/metrics/remote-writer.ts';
import { writeRequests } from '../../src/metrics/write-requests.ts';
import { bySeries, decodeRequest, type DecodedSeries } from './written.ts';

const bounds = [0.001, 1, 5];

function histogram(labels: LabelSet, count: number): MetricFamily {
  const sample = { labels, bounds, cumulativeCounts: [1, 2, 2], count, sum: 7.5 };
  return { type: 'histogram', name: 'rtt_seconds', help: 'Times.', unit: 'seconds', samples: [sample] };
}

function native(count: number): MetricFamily {
  const noBuckets = { spans: [], deltas: [] };
  const positive = { spans: [{ offset: -3, length: 2 }], deltas: [count - 1, 2 - count] };
  const buckets = { schema: 3, zeroThreshold: 1e-9, zeroCount: 0, positive, negative: noBuckets };
  const sample = { labels: {}, bounds, cumulativeCounts: [1, 2, 2], count, sum: 7.5, native: buckets };
  return { type: 'histogram', name: 'rtt_seconds', help: '', kind: 'native', samples: [sample] };
}

function counter(value: number): MetricFamily {
  return { type: 'counter', name: 'seen', help: 'Seen.', samples: [{ labels: {}, value }] };
}

function gauge(...samples: { labels: LabelSet; value: number }[]): MetricFamily {
  return { type: 'gauge', name: 'held', help: '', samples };
}

const families: MetricFamily[] = [
  counter(3),
  gauge({ labels: { of: 'a "b"\\\n☃' }, value: Number.NaN }, { labels: { of: '' }, value: -Infinity }),
  { type: 'info', name: 'build', help: '', samples: [{ labels: { version: '1' } }] },
  {
    type: 'stateset',
    name: 'state',
    help: '',
    states: ['on', 'off'],
    samples: [{ labels: {}, state: 'on' }],
  },
  {
    type: 'summary',
    name: 'size_bytes',
    help: '',
    unit: 'bytes',
    samples: [{ labels: {}, quantiles: [{ quantile: 0.5, value: 2 }], count: 4, sum: 9 }],
  },
  histogram({ src: '10.0.0.1', Zone: 'x', _a: '1' }, 3),
];

/** The lines of OpenMetrics, which Prometheus reads in a scrape, as series and values. */
function exposedSeries(of: readonly MetricFamily[]): Map<string, number> {
  const lines = [...openMetricsExposition(of)].join('').split('\n');
  return new Map(
    lines
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const [, name = '', labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
        const pairs = Array.from(
          labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g),
          ([, label = '', text = '']) => {
            return [label, text.replaceAll('\\n', '\n').replace(/\\(.)/g, '$1')] as const;
          },
        );
        const all = [['__name__', name] as const, ...pairs].filter(([, text]) => text !== '');
        all.sort(([a], [b]) => (a < b ? -1 : 1));
        const key = all.map(([label, text]) => `${label}=${JSON.stringify(text)}`).join();
        return [key, Number(value.replace('Inf', 'Infinity'))];
      }),
  );
}

/** The latest value of each series. */
function latest(series: ReadonlyMap<string, DecodedSeries>): Map<string, unknown> {
  return new Map([...series].map(([key, { points }]) => [key, points.at(-1)?.value]));
}

describe('remote writes', () => {
  it('have the series that a scrape of OpenMetrics gives, with labels in order', () => {
    const written = bySeries(writeRequests(families, { atMs: 2000 }));
    expect(latest(written)).to.deep.equal(exposedSeries(families));
    for (const { labels } of written.values()) {
      const names = labels.map(([name]) => name);
      expect(names).to.deep.equal([...names].sort());
    }
  });

  it('have any values and labels', () => {
    const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_]{0,6}$/).filter((text) => text !== 'le');
    const labels = fc.dictionary(name, fc.string({ unit: 'grapheme', maxLength: 8 }), { maxKeys: 4 });
    const sets = fc.uniqueArray(labels, {
      selector: (set) =>
        JSON.stringify(
          Object.entries(set)
            .filter(([, text]) => text !== '')
            .sort(),
        ),
      maxLength: 8,
    });
    const samples = sets.chain((all) =>
      fc.tuple(...all.map((set) => fc.double().map((value) => ({ labels: set, value })))),
    );
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 9 }), (all, maxSamples) => {
        const requests = [...writeRequests([gauge(...all)], { maxSamples })];
        const found = bySeries(requests);
        expect([...found.values()].map(({ points }) => points[0]?.value)).to.deep.equal(
          all.map(({ value }) => value),
        );
        expect([...found.values()].map((series) => Object.fromEntries(series.labels))).to.deep.equal(
          all.map((sample) => ({
            __name__: 'held',
            ...Object.fromEntries(Object.entries(sample.labels).filter(([, text]) => text !== '')),
          })),
        );
        for (const request of requests) expect(request.samples).to.be.at.most(maxSamples);
      }),
    );
  });

  it('have labels added that win, and none that are empty', () => {
    const labels = { job: 'probe', instance: '', src: 'over' };
    const [series] = bySeries(
      writeRequests([gauge({ labels: { src: 'a', job: 'b', x: '' }, value: 1 })], { labels }),
    );
    expect(series?.[0]).to.equal('__name__="held",job="probe",src="over"');
  });

  it('say what the families are', () => {
    const metadata = [...writeRequests(families)].flatMap((request) => decodeRequest(request).metadata);
    expect(metadata.map(({ type, name }) => [type, name])).to.deep.equal([
      [1, 'seen_total'],
      [2, 'held'],
      [6, 'build_info'],
      [7, 'state'],
      [5, 'size_bytes'],
      [3, 'rtt_seconds'],
    ]);
    expect(metadata.at(-1)).to.include({ help: 'Times.', unit: 'seconds' });
  });

  const pointsOf = (requests: Iterable<Parameters<typeof decodeRequest>[0]>) =>
    Object.fromEntries(
      [...requests]
        .flatMap((request) => decodeRequest(request).series)
        .map(({ labels, points }) => [
          labels.map(([, value]) => value).join(' '),
          points.map(({ atMs, value }) => [atMs, typeof value === 'object' ? value.count : value]),
        ]),
    );

  it('begin what counts with a zero, at the start or behind the last write', () => {
    const writer = new RemoteWriter({ startMs: 1000 });
    expect(pointsOf(writer.write([counter(3), gauge({ labels: {}, value: 5 })], 2000))).to.deep.equal({
      seen_total: [
        [1000, 0],
        [2000, 3],
      ],
      held: [[2000, 5]],
    });
    const second = pointsOf(writer.write([counter(4), histogram({}, 2)], 3000));
    expect(second).to.include.deep.keys('rtt_seconds_bucket 1.0', 'rtt_seconds_bucket +Inf');
    expect(second['seen_total']).to.deep.equal([[3000, 4]]);
    expect(second['rtt_seconds_count']).to.deep.equal([
      [2001, 0],
      [3000, 2],
    ]);
  });

  it('begin native histograms with an empty one', () => {
    const writer = new RemoteWriter({ startMs: 1000 });
    expect(pointsOf(writer.write([native(9)], 2000))).to.deep.equal({
      rtt_seconds: [
        [1000, 0],
        [2000, 9],
      ],
    });
    expect(pointsOf(writer.end())).to.deep.equal({ rtt_seconds: [[2001, 'stale']] });
  });

  it('mark what is gone as ended, once, and let it begin again later than that', () => {
    const writer = new RemoteWriter({ startMs: 1000 });
    const [a, b] = [
      { labels: { of: 'a' }, value: 1 },
      { labels: { of: 'b' }, value: 2 },
    ] as const;
    pointsOf(writer.write([gauge(a, b), counter(3)], 2000));
    expect(pointsOf(writer.write([gauge(a)], 3000))).to.deep.equal({
      'held a': [[3000, 1]],
      'held b': [[3000, 'stale']],
      seen_total: [[3000, 'stale']],
    });
    expect(pointsOf(writer.write([gauge(a), counter(1)], 4000))).to.deep.equal({
      'held a': [[4000, 1]],
      seen_total: [
        [3001, 0],
        [4000, 1],
      ],
    });
    expect(pointsOf(writer.end())).to.deep.equal({
      'held a': [[4001, 'stale']],
      seen_total: [[4001, 'stale']],
    });
    expect(pointsOf(writer.end())).to.deep.equal({});
  });

  it('go on in time where the clock is set back', () => {
    const writer = new RemoteWriter({ startMs: 1000 });
    pointsOf(writer.write([counter(1)], 5000));
    expect(pointsOf(writer.write([counter(2)], 3000))).to.deep.equal({ seen_total: [[5002, 2]] });
  });

  it('give an exemplar once, in the order of time, with the bucket that it is of', () => {
    const exemplar = (value: number, atMs: number) => ({ labels: { frame: `${value}` }, value, atMs });
    const given = (exemplars: readonly (ReturnType<typeof exemplar> | undefined)[]): MetricFamily[] => {
      const sample = { labels: {}, bounds, cumulativeCounts: [1, 2, 2], count: 3, sum: 7.5, exemplars };
      return [{ type: 'histogram', name: 'rtt', help: '', samples: [sample] }];
    };
    const exemplarsOf = (requests: Iterable<Parameters<typeof decodeRequest>[0]>) =>
      [...requests]
        .flatMap((request) => decodeRequest(request).series)
        .flatMap(({ labels, exemplars }) =>
          exemplars.map(({ value }) => [Object.fromEntries(labels)['le'], value]),
        );
    const writer = new RemoteWriter({ startMs: 1000 });
    const first = exemplar(0.5, 1500);
    expect(
      exemplarsOf(writer.write(given([undefined, first, undefined, exemplar(9, 1501)]), 2000)),
    ).to.deep.equal([
      ['1.0', 0.5],
      ['+Inf', 9],
    ]);
    expect(
      exemplarsOf(writer.write(given([exemplar(0.0001, 2500), first, undefined, undefined]), 3000)),
    ).to.deep.equal([['0.001', 0.0001]]);
  });
});
