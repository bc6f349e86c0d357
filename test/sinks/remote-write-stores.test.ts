import { expect } from 'chai';
import type { MetricFamily } from '../../src/metrics/metric-family.ts';
import { RemoteWriter } from '../../src/metrics/remote-writer.ts';
import { writeRequests } from '../../src/metrics/write-requests.ts';
import { remoteWrite } from '../../src/sinks/remote-write.ts';
import { RemoteWriteQueue } from '../../src/sinks/remote-write-queue.ts';
import { makeReceiver } from '../../src/sinks/remote-write-receiver.ts';
import { bySeries } from '../metrics/written.ts';
import { until } from '../support/deadline.ts';
import { startStore, storeKinds, type Store, type StoredSeries } from '../support/stores.ts';
import { rejection } from './rejection.ts';

const bounds = [0.001, 1, 5];
const odd = 'a "b"\\\nÜ☃';

/** Everything that there is but native histograms; the number tells writes apart. */
function families(prefix: string, n: number): MetricFamily[] {
  const histogram = { bounds, cumulativeCounts: [n, n + 1, n + 2], count: n + 3, sum: 1e-300 * n };
  return [
    { type: 'counter', name: `${prefix}_seen`, help: 'Seen.', samples: [{ labels: {}, value: n }] },
    {
      type: 'gauge',
      name: `${prefix}_held`,
      help: odd,
      samples: [
        { labels: { of: odd }, value: -n },
        { labels: { of: '', other: 'x' }, value: 0.1 * n },
      ],
    },
    { type: 'info', name: `${prefix}_build`, help: '', samples: [{ labels: { version: '1' } }] },
    {
      type: 'stateset',
      name: `${prefix}_state`,
      help: '',
      states: ['on', 'off'],
      samples: [{ labels: { of: 'a' }, state: 'off' }],
    },
    {
      type: 'histogram',
      name: `${prefix}_rtt_seconds`,
      help: '',
      unit: 'seconds',
      samples: [
        { labels: { src: '10.0.0.1', dst: '10.0.0.2' }, ...histogram },
        { labels: { src: '10.0.0.2', dst: '10.0.0.1' }, ...histogram },
      ],
    },
  ];
}

function keyed(stored: readonly StoredSeries[]): Map<string, (readonly [atMs: number, value: number])[]> {
  return new Map(
    stored.map(({ metric, values }) => [
      Object.entries(metric)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
        .join(),
      values.map(([time, text]) => [Math.round(time * 1000), Number(text)] as const),
    ]),
  );
}

for (const kind of storeKinds) {
  describe(`remote writes to ${kind}`, () => {
    let store: Store;
    before(async () => {
      store = await startStore(kind);
    });
    after(() => store.remove());

    it('are there once, all series, with their values and times', async () => {
      const options = { labels: { job: 'all', instance: 'a b' }, atMs: Date.now(), maxSamples: 7 };
      await remoteWrite(store.url, { requests: writeRequests(families('all', 3), options) });
      const stored = keyed(await store.samples('{job="all"}'));
      const written = bySeries(writeRequests(families('all', 3), options));
      expect([...stored.keys()].sort()).to.deep.equal([...written.keys()].sort());
      for (const [key, { points }] of written) {
        const found = stored.get(key) ?? [];
        expect(found.map(([atMs]) => atMs)).to.deep.equal(points.map(({ atMs }) => atMs));
        for (const [i, { value }] of points.entries()) {
          // VictoriaMetrics keeps decimals, of fifteen digits.
          const slack = kind === 'Prometheus' ? 0 : Math.abs(Number(value)) * 1e-14;
          expect(found[i]?.[1], key).to.be.closeTo(Number(value), slack);
        }
      }
    });

    it('count from zero, so that an increase has what was counted before the first of them', async () => {
      // VictoriaMetrics looks at what is some seconds old.
      const atMs = Date.now() - 5000;
      const options = { labels: { job: 'zero' }, atMs, startMs: atMs - 10_000 };
      await remoteWrite(store.url, { requests: writeRequests(families('zero', 40), options) });
      const [increase] = await store.query('increase(zero_seen_total{job="zero"}[30s])');
      // Prometheus extrapolates over the whole range, VictoriaMetrics does not.
      expect(Number(increase?.value?.[1])).to.be.within(40, kind === 'Prometheus' ? 80 : 40);
    });

    it('come through a restart in the middle: all of them, once, in order, and ended', async () => {
      const labels = { job: 'restart' };
      const startMs = Date.now() - 60_000;
      const writer = new RemoteWriter({ labels, startMs, maxSamples: 5 });
      const failures: string[] = [];
      const queue = new RemoteWriteQueue({
        receiver: makeReceiver(store.url, {
          sleep: () => new Promise((resolve) => setTimeout(resolve, 10)),
        }),
        maxBytes: 1e6,
        onFailure: ({ code }) => failures.push(code),
        onSuccess: () => undefined,
        onOverflow: () => undefined,
      });
      const rounds = 30;
      const add = (from: number, to: number) => {
        for (let round = from; round < to; round++) {
          const requests = writer.write(families('restart', round), startMs + 1000 * round);
          for (const request of requests) queue.add(request);
        }
      };
      add(1, 10);
      await until('some of it was written', () => queue.counts().written > 20 || undefined);
      const stopped = store.stop();
      add(10, 20);
      await stopped;
      const before = failures.length;
      await until('it was tried in vain', () => failures.length > before + 3 || undefined);
      await store.start();
      add(20, rounds);
      for (const request of writer.end()) queue.add(request);
      expect(await queue.end()).to.equal(undefined);
      expect(new Set(failures)).to.deep.equal(new Set(['gateway_unreachable']));
      expect(queue.counts()).to.deep.include({ dropped: 0, pending: 0, failed: {} });

      const stored = keyed(await store.samples('{job="restart"}'));
      expect(stored.size).to.equal(bySeries(writeRequests(families('restart', 1), { labels })).size);
      const grows = /_total"|_bucket"|_sum"|_count"/;
      for (const [key, points] of stored) {
        const times = Array.from({ length: rounds - 1 }, (_, i) => startMs + 1000 * (i + 1));
        expect(
          points.map(([atMs]) => atMs),
          key,
        ).to.deep.equal(grows.test(key) ? [startMs, ...times] : times);
      }
      const seen = [...stored].find(([key]) => key.includes('restart_seen_total'))?.[1];
      expect(seen?.map(([, value]) => value)).to.deep.equal(Array.from({ length: rounds }, (_, i) => i));
      // At the time of the last write, and right behind it.
      const last = (startMs + 1000 * (rounds - 1)) / 1000;
      expect(await store.query('{job="restart"}', last)).to.have.length(stored.size);
      expect(await store.query('{job="restart"}', last + 0.01)).to.have.length(0);
    });
  });
}

describe('remote writes to Prometheus', () => {
  let store: Store;
  before(async () => {
    store = await startStore('Prometheus');
  });
  after(() => store.remove());

  it('bring native histograms, from an empty one on, and their end', async () => {
    const noBuckets = { spans: [], deltas: [] };
    const family = (count: number): MetricFamily => ({
      type: 'histogram',
      name: 'native_seconds',
      help: '',
      kind: 'native',
      samples: [
        {
          labels: { src: 'a' },
          bounds,
          cumulativeCounts: [0, count, count],
          count,
          sum: count / 2,
          native: {
            schema: 3,
            zeroThreshold: 1e-9,
            zeroCount: 0,
            positive: { spans: [{ offset: -8, length: 2 }], deltas: [count - 1, 2 - count] },
            negative: noBuckets,
          },
        },
      ],
    });
    const startMs = Date.now() - 30_000;
    const writer = new RemoteWriter({ startMs });
    await remoteWrite(store.url, { requests: writer.write([family(4)], startMs + 10_000) });
    await remoteWrite(store.url, { requests: writer.write([family(9)], startMs + 20_000) });
    await remoteWrite(store.url, { requests: writer.end() });
    const value = async (promql: string) =>
      Number((await store.query(promql, (startMs + 20_000) / 1000))[0]?.value?.[1]);
    expect(await value('histogram_count(native_seconds)')).to.equal(9);
    expect(await value('histogram_sum(native_seconds)')).to.equal(4.5);
    expect(await value('histogram_quantile(0.5, native_seconds)')).to.be.within(2 ** (-9 / 8), 2 ** (-8 / 8));
    expect(await value('histogram_count(increase(native_seconds[20001ms]))')).to.be.closeTo(9, 0.01);
    expect(await store.query('native_seconds', (startMs + 20_001) / 1000)).to.have.length(0);
  });

  it('bring exemplars', async () => {
    const atMs = Date.now();
    const exemplar = { labels: { frame: '7', file: 'a.pcap' }, value: 0.5, atMs: atMs - 5 };
    const sample = { labels: {}, bounds, cumulativeCounts: [0, 1, 1], count: 1, sum: 0.5 };
    const exemplars = [undefined, exemplar, undefined, undefined];
    const family: MetricFamily = {
      type: 'histogram',
      name: 'marked_seconds',
      help: '',
      samples: [{ ...sample, exemplars }],
    };
    await remoteWrite(store.url, { requests: writeRequests([family], { atMs }) });
    const range = { start: String(atMs / 1000 - 60), end: String(atMs / 1000 + 60) };
    const found = await store.get('query_exemplars', { query: 'marked_seconds_bucket', ...range });
    expect(found).to.deep.equal([
      {
        seriesLabels: { __name__: 'marked_seconds_bucket', le: '1.0' },
        exemplars: [{ labels: exemplar.labels, value: '0.5', timestamp: exemplar.atMs / 1000 }],
      },
    ]);
  });

  it('that are older than what is there are refused, in its own words', async () => {
    const at = (atMs: number) => ({ requests: writeRequests(families('old', 3), { atMs }) });
    await remoteWrite(store.url, at(Date.now()));
    const { message, detail } = await rejection(
      remoteWrite(store.url, at(Date.now() - 1000)),
      'gateway_refused',
    );
    expect(message).to.contain(store.url).and.contain('400');
    expect(detail).to.contain('out of order sample');
  });
});
