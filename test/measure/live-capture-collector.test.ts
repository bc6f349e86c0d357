import { expect } from 'chai';
import fc from 'fast-check';
import { CaptureCollector, type Observed } from '../../src/measure/capture-collector.ts';
import type { CounterResult } from '../../src/measure/counter-collector.ts';
import { labelSources } from '../../src/measure/labels.ts';
import { LiveCaptureCollector } from '../../src/measure/live-capture-collector.ts';
import { parseMeasure } from '../../src/measure/measure-list.ts';
import { observedSchema } from '../../src/measure/observed-schema.ts';
import { tcpEvents } from '../../src/measure/packet-counter.ts';
import type { AnyTable } from '../../src/table/table.ts';
import { TableBuilder } from '../../src/table/table-builder.ts';

const occurrenceSeparator = '\u001f';
const observed: Observed = {
  measurements: parseMeasure('tcp,dns'),
  counters: tcpEvents,
  labels: labelSources(['src'], false),
  onlySentOnce: false,
  maxGroups: Infinity,
};

interface Packet {
  readonly src: string;
  readonly rtt: number | null;
  readonly dns: string | null;
  readonly retransmission: boolean;
  readonly reset: '0' | '1' | 'True' | 'False';
}

const nothing = { rtt: null, dns: null, retransmission: false, reset: '0' } as const;

function tableOf(packets: readonly Packet[]): AnyTable {
  const builder = new TableBuilder(observedSchema(observed));
  packets.forEach(({ src, rtt, dns, retransmission, reset }, i) => {
    const values: Record<string, string | number | bigint | null> = {
      'frame.time_epoch': 1_000_000_000n * BigInt(i),
      'frame.protocols': dns === null ? 'eth:ethertype:ip:tcp' : 'eth:ethertype:ip:udp:dns',
      'ip.src': src,
      'tcp.analysis.ack_rtt': rtt,
      'dns.time': dns,
      'tcp.analysis.retransmission': retransmission ? '1' : null,
      'tcp.flags.reset': reset,
    };
    builder.appendRow(
      Object.fromEntries(Object.keys(builder.schema).map((name) => [name, values[name] ?? null])),
    );
  });
  return builder.finish();
}

function live(bounds: { maxGroups?: number; expireMs?: number } = {}): LiveCaptureCollector {
  return new LiveCaptureCollector({
    ...observed,
    occurrenceSeparator,
    maxGroups: 1000,
    expireMs: Infinity,
    exactSamples: 1_000_000,
    histograms: observed.measurements.map(() => ({ bucketBounds: [0.001, 1] })),
    ...bounds,
  });
}

function countsOf(results: readonly CounterResult[], name: string) {
  const { groups = [], total } = results.find((result) => result.name === name) ?? {};
  return { groups: groups.map(({ labels, count }) => [labels['src'], count]), total };
}

const packet: fc.Arbitrary<Packet> = fc.record({
  src: fc.constantFrom('10.0.0.1', '10.0.0.2', '10.0.0.3'),
  rtt: fc.option(fc.constantFrom(0.0005, 0.25, 3)),
  dns: fc.option(fc.constantFrom('0.002', '0.5', '0.1\u001f0.3')),
  retransmission: fc.boolean(),
  reset: fc.constantFrom('0', '1', 'True', 'False'),
});

describe('what is collected of a live capture', () => {
  it('is what an analysis collects, of each measurement and counter, however packets come', () => {
    const parts = fc.array(fc.array(packet, { maxLength: 12 }), { maxLength: 4 });
    fc.assert(
      fc.property(parts, (tables) => {
        const [one, whole] = [live(), new CaptureCollector({ ...observed, occurrenceSeparator })];
        const sums = new Map<string, number>();
        for (const table of tables) {
          one.add(tableOf(table), 0);
          for (const { name, total } of one.report(0).interval.counters) {
            sums.set(name, (sums.get(name) ?? 0) + total);
          }
        }
        // Values of floating point are added up in the order of the intervals.
        const all = live();
        all.add(tableOf(tables.flat()), 0);
        whole.add(tableOf(tables.flat()));
        const results = whole.results();
        expect(all.results()).to.deep.equal(results);
        expect(one.results().counters).to.deep.equal(results.counters);
        for (const { name, total } of results.counters) expect(sums.get(name) ?? 0, name).to.equal(total);
        expect(one.counts.samples.map(({ count }) => count)).to.deep.equal(
          results.measurements.map(({ total }) => total.count),
        );
      }),
    );
  });

  it('has groups of its own for each measurement and for the counters, each as many as there may be', () => {
    const collector = live({ maxGroups: 1 });
    const sent = { ...nothing, retransmission: true };
    collector.add(
      tableOf([
        { ...nothing, src: '10.0.0.1', rtt: 0.1 },
        { ...nothing, src: '10.0.0.2', dns: '0.2' },
        { ...sent, src: '10.0.0.3' },
        { ...sent, src: '10.0.0.4' },
        { ...sent, src: '10.0.0.5', reset: '1' },
        { ...nothing, src: '10.0.0.9' },
      ]),
      0,
    );
    const { measurements, counters } = collector.results();
    expect(measurements.map(({ groups }) => groups.map(({ labels }) => labels['src']))).to.deep.equal([
      ['10.0.0.1'],
      ['10.0.0.2'],
    ]);
    expect(countsOf(counters, 'tcp_retransmissions')).to.deep.equal({
      groups: [
        ['other', 2],
        ['10.0.0.3', 1],
      ],
      total: 3,
    });
    expect(countsOf(counters, 'tcp_resets')).to.deep.equal({ groups: [['other', 1]], total: 1 });
    expect(collector.counts).to.deep.include({ groups: 4, samplesInOther: 3 });
  });

  it('lets groups of counters go that were idle, but not what they add to the totals', () => {
    const collector = live({ expireMs: 1000 });
    const reset = (src: string): Packet => ({ ...nothing, src, reset: '1' });
    collector.add(tableOf([reset('10.0.0.1'), reset('10.0.0.2')]), 0);
    collector.add(tableOf([reset('10.0.0.2')]), 900);
    const { interval, total } = collector.report(1000);
    const both = [
      ['10.0.0.2', 2],
      ['10.0.0.1', 1],
    ];
    expect(countsOf(interval.counters, 'tcp_resets')).to.deep.equal({ groups: both, total: 3 });
    expect(countsOf(total.counters, 'tcp_resets')).to.deep.equal({ groups: both, total: 3 });
    expect(countsOf(collector.counted(), 'tcp_resets')).to.deep.equal({
      groups: [['10.0.0.2', 2]],
      total: 3,
    });
    expect(collector.counts).to.include({ groups: 1, expiredGroups: 1 });
    const next = collector.report(1100);
    expect(countsOf(next.interval.counters, 'tcp_resets')).to.deep.equal({ groups: [], total: 0 });
  });
});
