import { expect } from 'chai';
import fc from 'fast-check';
import { labelSources, type LabelName } from '../../src/measure/labels.ts';
import type { CountingLayout } from '../../src/measure/counted-samples.ts';
import { tcpAckRtt } from '../../src/measure/measurement.ts';
import { exponentialCounts } from '../../src/measure/exponential-spread.ts';
import { SampleCollector } from '../../src/measure/sample-collector.ts';
import type { Group, MeasurementResult, Statistics } from '../../src/measure/statistics.ts';
import { sketchRelativeError } from '../../src/measure/value-sketch.ts';
import { tableOf as packetTable, valuesOf, type Packet } from './packet-tables.ts';

const by: readonly LabelName[] = ['src', 'dst', 'stream'];

const tableOf = (packets: readonly Packet[], labels = by) => packetTable(packets, labels);

interface Collecting {
  readonly swap?: boolean;
  readonly streamPrefix?: string;
  readonly exactSamples?: number | undefined;
  readonly counting?: CountingLayout;
}

function collector(names = by, { swap = false, ...options }: Collecting = {}) {
  const labels = labelSources(names, swap);
  return new SampleCollector({ measurement: tcpAckRtt, labels, occurrenceSeparator: '\u001f', ...options });
}

/** All that a collector tells in numbers, but when: the tables of these tests count their seconds anew. */
function told(collected: SampleCollector) {
  const { groups, total, quantileMethod } = collected.result();
  const timeless = (statistics: Statistics) => ({ ...statistics, first_seen: null, last_seen: null });
  return {
    quantileMethod,
    total: timeless(total),
    groups: groups.map(({ labels, statistics, runningSum }) => ({
      labels,
      statistics: timeless(statistics),
      runningSum,
    })),
  };
}

const arbitraryPackets = fc.array(
  fc.record({
    src: fc.constantFrom('10.0.0.1', '10.0.0.2', '10.0.0.3'),
    dst: fc.constantFrom('10.0.0.1', '10.0.0.9'),
    stream: fc.constantFrom('0', '1', '10'),
    rtt: fc.option(fc.integer({ min: 1, max: 1_000_000 }).map((microseconds) => microseconds / 1e6)),
  }),
  { maxLength: 200 },
);

function statisticsOf(of: Group | MeasurementResult) {
  return 'total' in of ? of.total : of.statistics;
}

describe('collecting samples', () => {
  it('gives every sample to the group of its labels, whatever chunks they come in', () => {
    fc.assert(
      fc.property(arbitraryPackets, fc.nat(), (packets, cut) => {
        const at = packets.length === 0 ? 0 : cut % packets.length;
        const collected = collector();
        collected.add(tableOf(packets.slice(0, at)));
        collected.add(tableOf(packets.slice(at)));

        const expected = new Map<string, number[]>();
        for (const { src, dst, stream, rtt } of packets) {
          if (rtt === null) continue;
          const key = JSON.stringify({ src, dst, stream });
          expected.set(key, [...(expected.get(key) ?? []), rtt]);
        }
        const { groups, total } = collected.result();
        const found = new Map(
          groups.map(({ labels, distribution }) => [JSON.stringify(labels), valuesOf(distribution)]),
        );
        for (const values of expected.values()) values.sort((a, b) => a - b);
        expect(new Map([...found].sort())).to.deep.equal(new Map([...expected].sort()));
        expect(total.count).to.equal(packets.filter(({ rtt }) => rtt !== null).length);
      }),
    );
  });

  it('puts the largest groups first, equal ones in the order of their labels', () => {
    const packets = ['10.0.0.3', '10.0.0.1', '10.0.0.2', '10.0.0.2'].map((src) => ({
      src,
      dst: '10.0.0.9',
      stream: '0',
      rtt: 0.001,
    }));
    const collected = collector(['src']);
    collected.add(tableOf(packets, ['src']));
    expect(collected.result().groups.map(({ labels }) => labels['src'])).to.deep.equal([
      '10.0.0.2',
      '10.0.0.1',
      '10.0.0.3',
    ]);
  });

  it('adds up the running sum in the order of the samples', () => {
    const values = [0.1, 0.2, 0.3, 1e16, -1e16 + 2];
    const collected = collector([]);
    collected.add(
      tableOf(
        values.map((rtt) => ({ src: '10.0.0.1', dst: '10.0.0.2', stream: '0', rtt })),
        [],
      ),
    );
    const running = values.reduce((sum, value) => sum + value, 0);
    const [group] = collected.result().groups;
    expect(group?.runningSum).to.equal(running);
    expect(group?.statistics.sum).to.not.equal(running);
  });

  it('keeps that order where packets of one group differ in what the labels are made of', () => {
    const values = [1e16, 1, -1e16, 1, 0.5, 1e16, 3];
    const collected = collector(['src']);
    const packets = values.map((rtt, i) => ({
      src: '10.0.0.1',
      dst: '10.0.0.2',
      stream: '0',
      rtt,
      http: i % 2 === 0,
    }));
    collected.add(tableOf(packets, ['src']));
    expect(collected.result().groups[0]?.runningSum).to.equal(values.reduce((sum, value) => sum + value, 0));
  });

  it('adds up the running sum in the order of the packets, whatever order their tables come in', () => {
    const packets = fc.array(
      fc.record({
        shard: fc.nat(2),
        src: fc.constantFrom('10.0.0.1', '10.0.0.2'),
        rtt: fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
      }),
      { maxLength: 100 },
    );
    const pieces = fc.array(fc.record({ shard: fc.nat(2), rows: fc.integer({ min: 1, max: 20 }) }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(packets, pieces, fc.boolean(), (all, sizes, settles) => {
        const numbered = all.map((packet, i) => ({ ...packet, dst: '10.0.0.9', stream: '0', order: i + 1 }));
        const collected = (exactSamples?: number) => {
          const each = collector(['src'], { exactSamples });
          const shards = [0, 1, 2].map((shard) => numbered.filter((packet) => packet.shard === shard));
          for (const { shard, rows } of [
            ...sizes,
            ...[2, 0, 1].map((last) => ({ shard: last, rows: 100 })),
          ]) {
            const table = shards[shard]!.splice(0, rows);
            each.add(
              tableOf(table, ['src']),
              table.map(({ order }) => order),
            );
            if (settles) each.settle(Math.min(...shards.flat().map(({ order }) => order)));
          }
          return each;
        };
        const inOrder = (exactSamples?: number) => {
          const each = collector(['src'], { exactSamples });
          each.add(tableOf(numbered, ['src']));
          return each;
        };
        for (const exactSamples of [undefined, 5]) {
          expect(told(collected(exactSamples))).to.deep.equal(told(inOrder(exactSamples)));
          const [joined, joinedInOrder] = [
            collector(['src'], { exactSamples }),
            collector(['src'], { exactSamples }),
          ];
          for (const part of [inOrder(exactSamples), collected(exactSamples)]) joined.addAll(part);
          for (const part of [inOrder(exactSamples), inOrder(exactSamples)]) joinedInOrder.addAll(part);
          expect(told(joined)).to.deep.equal(told(joinedInOrder));
        }
      }),
    );
  });

  it('counts beyond the values that it keeps, with the same figures but for quantiles, and the same histograms', () => {
    const counting = { bounds: [0.001, 0.5, 10], exponential: { schema: 3, maxBuckets: 20 } };
    const cuts = fc.array(fc.nat(200), { maxLength: 3 });
    const values = fc.array(
      fc.record({
        src: fc.constantFrom('10.0.0.1', '10.0.0.2', '10.0.0.3'),
        rtt: fc.oneof(fc.double({ min: 1e-6, max: 100, noNaN: true }), fc.constantFrom(0, 0.5, -0.001, 10)),
      }),
      { maxLength: 200 },
    );
    fc.assert(
      fc.property(values, cuts, fc.nat(200), (samples, ends, exactSamples) => {
        const packets = samples.map((sample) => ({ ...sample, dst: '10.0.0.9', stream: '0' }));
        const [kept, counted] = [collector(['src']), collector(['src'], { exactSamples, counting })];
        let start = 0;
        for (const end of [...ends.sort((a, b) => a - b), packets.length]) {
          const table = tableOf(packets.slice(start, end), ['src']);
          start = Math.max(start, end);
          kept.add(table);
          counted.add(table);
        }
        const [exact, sketch] = [kept.result(), counted.result()];
        const isSketch = packets.length > exactSamples;
        expect(sketch.quantileMethod).to.equal(isSketch ? 'sketch' : 'exact');
        expect(sketch.quantileRelativeError).to.equal(isSketch ? sketchRelativeError : null);
        for (const [i, group] of [...exact.groups, exact].entries()) {
          const other = [...sketch.groups, sketch][i]!;
          const [of, by] = [statisticsOf(group), statisticsOf(other)];
          for (const name of ['count', 'min', 'max', 'first_seen', 'last_seen'] as const)
            expect(by[name]).to.equal(of[name]);
          for (const name of ['sum', 'mean', 'stddev'] as const)
            expect(by[name] ?? -1).to.be.closeTo(of[name] ?? -1, 1e-12 * packets.length * 100);
          for (const bound of counting.bounds)
            expect(other.distribution.countAtMost(bound)).to.equal(group.distribution.countAtMost(bound));
          expect(exponentialCounts(other.distribution, counting.exponential)).to.deep.equal(
            exponentialCounts(group.distribution, counting.exponential),
          );
          const middle = group.distribution.quantile(0.5);
          if (packets.length % 2 === 1 && middle !== null && group.distribution.count % 2 === 1)
            expect(other.distribution.quantile(0.5)).to.be.closeTo(
              middle,
              Math.abs(middle) * sketchRelativeError * 1.001,
            );
        }
        expect(sketch.groups.map(({ runningSum }) => runningSum)).to.deep.equal(
          exact.groups.map(({ runningSum }) => runningSum),
        );
      }),
    );
  });

  it('turns source and destination round where asked, and puts a prefix before streams', () => {
    const collected = collector(by, { swap: true, streamPrefix: 'a.pcap:' });
    collected.add(tableOf([{ src: '10.0.0.1', dst: '10.0.0.2', stream: '4', rtt: 0.5 }]));
    expect(collected.result().groups[0]?.labels).to.deep.equal({
      src: '10.0.0.2',
      dst: '10.0.0.1',
      stream: 'a.pcap:4',
    });
  });

  it('joins what several collectors have', () => {
    const packet = (src: string, rtt: number) => ({ src, dst: '10.0.0.9', stream: '0', rtt });
    const [one, two] = [collector(), collector()];
    one.add(tableOf([packet('10.0.0.1', 0.1), packet('10.0.0.2', 0.2)]));
    two.add(tableOf([packet('10.0.0.1', 0.3)]));
    const all = collector();
    all.addAll(one);
    all.addAll(two);
    const groups = all
      .result()
      .groups.map(({ labels, distribution }) => [labels['src'], valuesOf(distribution)]);
    expect(groups).to.deep.equal([
      ['10.0.0.1', [0.1, 0.3]],
      ['10.0.0.2', [0.2]],
    ]);
    expect(one.count + two.count).to.equal(all.count);
  });

  it('knows the first and the last time', () => {
    const collected = collector();
    const packet = { src: '10.0.0.1', dst: '10.0.0.9', stream: '0', rtt: 0.1 };
    collected.add(tableOf([{ ...packet, rtt: null }, packet, packet, { ...packet, rtt: null }]));
    const { first_seen, last_seen } = collected.result().total;
    expect([first_seen, last_seen]).to.deep.equal([1, 2]);
  });
});
