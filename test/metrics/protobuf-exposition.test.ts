import { expect } from 'chai';
import fc from 'fast-check';
import { bucketBound } from '../../src/measure/exponential-bounds.ts';
import type { ExponentialCounts } from '../../src/measure/exponential-counts.ts';
import { encodeInSlices } from '../../src/metrics/encode-in-slices.ts';
import { expositionFormats } from '../../src/metrics/exposition-formats.ts';
import type { HistogramSample, LabelSet, MetricFamily } from '../../src/metrics/metric-family.ts';
import { nativeHistogram } from '../../src/metrics/native-histogram.ts';
import { pushToGateway } from '../../src/sinks/push.ts';
import { until } from '../support/deadline.ts';
import { startPrometheus, type Answer, type Prometheus } from '../support/prometheus.ts';
import { startPushgateway, type Pushgateway } from '../support/pushgateway.ts';

const { protobuf, text } = expositionFormats;

const hostile = [
  'a "quoted" one',
  'back\\slash\\n',
  'two\nlines',
  'é ☃ 😀',
  '{a="b"}',
  'x'.repeat(200_000),
  '',
];

const families: MetricFamily[] = [
  {
    type: 'histogram',
    name: 'rtt_seconds',
    help: 'Help with "quotes", a \\ and a\nline end.',
    unit: 'seconds',
    samples: hostile.map((host, i) => ({
      labels: { host, pair: 'a' },
      bounds: [0.00005, 1, 1e6],
      cumulativeCounts: [i, i + 1, 2 ** 52 + i],
      count: 2 ** 52 + i + 2,
      sum: i + 0.5,
    })),
  },
  { type: 'counter', name: 'read_bytes', help: 'Bytes.', samples: [{ labels: {}, value: 1e21 }] },
  {
    type: 'gauge',
    name: 'level',
    help: 'A level.',
    samples: [-Infinity, Infinity, NaN, 1e-300, -0.1].map((value, i) => ({ labels: { i: `${i}` }, value })),
  },
  { type: 'info', name: 'build', help: 'Facts.', samples: [{ labels: { version: '1' } }] },
  {
    type: 'stateset',
    name: 'state',
    help: 'A state.',
    states: ['up', 'down'],
    samples: [{ labels: { a: 'b' }, state: 'up' }],
  },
  {
    type: 'summary',
    name: 'size',
    help: 'Sizes.',
    samples: [
      { labels: { a: 'b' }, quantiles: [{ quantile: 0.5, value: NaN }], count: 2 ** 52, sum: -0.5 },
      { labels: { a: 'c' }, quantiles: [], count: 0, sum: 0 },
    ],
  },
  { type: 'gauge', name: 'empty', help: 'Without a sample.', samples: [] },
];

/** Counts that say which bucket they are of, of every schema; some with far gaps, both signs, zeros. */
function countsOf(schema: number, random: () => number): ExponentialCounts {
  const buckets = (first: number, last: number, share: number): Map<number, number> => {
    const counts = new Map<number, number>();
    for (let index = first; index <= last; index++) {
      if (random() < share) counts.set(index, Math.ceil(random() * 1000));
    }
    return counts;
  };
  const whole = 2 ** Math.max(schema, 0);
  return {
    schema,
    zeroThreshold: 2 ** -128,
    zeroCount: Math.floor(random() * 5),
    positive: buckets(-whole, whole, 0.99),
    negative: buckets(-3 * whole - 4, 3 * whole, 0.2),
  };
}

function sampleOf(labels: LabelSet, counts: ExponentialCounts): HistogramSample {
  const count = [...counts.positive.values(), ...counts.negative.values()].reduce(
    (a, b) => a + b,
    counts.zeroCount,
  );
  return { labels, bounds: [], cumulativeCounts: [], count, sum: 1, native: nativeHistogram(counts) };
}

describe('the protobuf format, read by a Pushgateway and Prometheus', () => {
  let gateway: Pushgateway;
  let prometheus: Prometheus;
  before(async () => {
    gateway = await startPushgateway();
    prometheus = await startPrometheus(gateway.port);
  });
  after(async () => {
    await prometheus.stop();
    await gateway.stop();
  });

  async function push(
    job: string,
    format: typeof protobuf | typeof text,
    pushed: MetricFamily[],
  ): Promise<void> {
    const metrics = await encodeInSlices(format.encode(pushed));
    await pushToGateway(gateway.url, { job, metrics, contentType: format.contentType });
  }

  it('is what the text format is, for every type and the oddest labels', async () => {
    await push('text', text, families);
    const linesOf = async (job: string) =>
      (await gateway.metrics())
        .split('\n')
        .filter((line) =>
          /^(?:rtt|read|level|build|state|size|empty|# HELP (?:rtt|read|level|build|state|size))/.test(line),
        )
        .map((line) => line.replace(`job="${job}"`, ''));
    const asText = await linesOf('text');
    await pushToGateway(gateway.url, { job: 'text', metrics: '' });
    await push('protobuf', protobuf, families);
    const asProtobuf = await linesOf('protobuf');
    expect(asProtobuf).to.deep.equal(asText);
    expect(asText.length).to.be.greaterThan(50);
    await pushToGateway(gateway.url, { job: 'protobuf', metrics: '' });
  });

  it('carries native histograms of every schema, bucket by bucket', async () => {
    const [seed = 1] = fc.sample(fc.integer({ min: 1 }), 1);
    let state = seed;
    const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
    const all = Array.from({ length: 13 }, (_, i) => countsOf(i - 4, random));
    const samples = all.map((counts) => sampleOf({ schema: `${counts.schema}` }, counts));
    await push('native', protobuf, [
      { type: 'histogram', name: 'native', help: 'N.', kind: 'native', samples },
    ]);
    const answers = await until('Prometheus had them', async () => {
      const found = await prometheus.query('native{job="native"}');
      return found.length === all.length ? found : undefined;
    });
    for (const counts of all) {
      const answer = answers.find(({ metric }) => metric['schema'] === `${counts.schema}`);
      expect(bucketsOf(answer), `schema ${counts.schema}, seed ${seed}`).to.deep.equal(
        expectedBuckets(counts),
      );
    }
  });
});

type Bucket = readonly [lower: number, upper: number, count: number];

function bucketsOf(answer: Answer | undefined): Bucket[] {
  const buckets = answer?.histogram?.[1].buckets ?? [];
  return buckets.map(([, lower, upper, count]) => [Number(lower), Number(upper), Number(count)]);
}

/** As Prometheus lists them: from the smallest value to the largest, without those that are empty. */
function expectedBuckets({
  schema,
  zeroThreshold,
  zeroCount,
  positive,
  negative,
}: ExponentialCounts): Bucket[] {
  const bound = (index: number): number => bucketBound(index, schema);
  return [
    ...[...negative].reverse().map(([i, count]): Bucket => [-bound(i), -bound(i - 1), count]),
    ...(zeroCount > 0 ? [[-zeroThreshold, zeroThreshold, zeroCount] as const] : []),
    ...[...positive].map(([i, count]): Bucket => [bound(i - 1), bound(i), count]),
  ];
}

describe('the protobuf format', () => {
  it('gives an empty chunk now and then while it makes a family, and asks for samples as it goes', () => {
    let asked = 0;
    const samples = function* (): Generator<HistogramSample> {
      for (; asked < 5000; asked++) {
        yield { labels: { src: `10.0.0.${asked}` }, bounds: [1], cumulativeCounts: [1], count: 1, sum: 1 };
      }
    };
    const chunks = protobuf.encode([{ type: 'histogram', name: 'a', help: 'A.', samples: samples() }]);
    expect(chunks.next().value).to.have.length(0);
    expect(asked).to.be.lessThan(4000);
    const rest = [...chunks];
    expect(rest.filter(({ length }) => length > 17 * 1024)).to.deep.equal([]);
  });
});
