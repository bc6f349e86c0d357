import { expect } from 'chai';
import fc from 'fast-check';
import type { LabelName } from '../../src/measure/labels.ts';
import { bounds, collected, live, pairs } from './live-collectors.ts';
import { tableOf, valuesOf, type Packet } from './packet-tables.ts';

const packet = (src: string, rtt: number | null): Packet => ({ src, dst: '10.0.0.9', stream: '0', rtt });

const rtt = fc.oneof(
  fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 0.001, 0.25, null),
);
const packets = fc.array(
  fc.record({
    src: fc.constantFrom('10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.10'),
    dst: fc.constantFrom('10.0.0.1', '10.0.0.9'),
    stream: fc.constantFrom('0', '1'),
    rtt,
    http: fc.boolean(),
  }),
  { maxLength: 40 },
);
/** Chunks, each with whether a report follows it, and whether the result is asked for before. */
const chunks = fc.array(fc.record({ packets, reports: fc.boolean(), asks: fc.boolean() }), { maxLength: 8 });
const labelSets = fc.constantFrom<readonly LabelName[]>(['src', 'dst'], ['dst'], [], ['src', 'src_port']);

describe('collecting samples live', () => {
  it('gives what collecting all at once gives, bit for bit, whatever the chunks and reports', () => {
    fc.assert(
      fc.property(chunks, labelSets, (parts, by) => {
        const collector = live({ by });
        const tables = parts.map((part, i) => tableOf(part.packets, by, i * 100));
        let closed = 0;
        for (const [i, { reports, asks }] of parts.entries()) {
          collector.add(tables[i]!, i);
          const soFar = tables.slice(0, i + 1);
          if (asks) expect(collector.result()).to.deep.equal(collected(soFar, by));
          if (!reports) continue;
          const { interval, total } = collector.report(i);
          expect(interval).to.deep.equal(collected(tables.slice(closed, i + 1), by));
          expect(total).to.deep.equal(collected(soFar, by));
          closed = i + 1;
        }
        expect(collector.result()).to.deep.equal(collected(tables, by));
      }),
    );
  });

  it('keeps what it told before as it was', () => {
    const collector = live();
    collector.add(tableOf([packet('10.0.0.1', 0.5), packet('10.0.0.1', 0.25)], pairs), 0);
    const { total } = collector.report(0);
    const result = collector.result();
    collector.add(tableOf([packet('10.0.0.1', 0.125)], pairs), 0);
    collector.report(0);
    expect([total, result].map(({ distribution }) => valuesOf(distribution))).to.deep.equal([
      [0.25, 0.5],
      [0.25, 0.5],
    ]);
  });

  it('counts in buckets as looking at every value does, in the order of the labels', () => {
    fc.assert(
      fc.property(chunks, (parts) => {
        const collector = live();
        for (const [i, part] of parts.entries()) {
          collector.add(tableOf(part.packets, pairs), i);
          if (part.reports) collector.report(i);
        }
        const samples = new Map<string, number[]>();
        for (const { src, dst, rtt } of parts.flatMap((part) => part.packets)) {
          if (rtt === null) continue;
          const key = JSON.stringify({ src, dst });
          samples.set(key, [...(samples.get(key) ?? []), rtt]);
        }
        const expected = [...samples]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, values]) => ({
            labels: JSON.parse(key) as unknown,
            cumulativeCounts: bounds.map((bound) => values.filter((value) => value <= bound).length),
            count: values.length,
            runningSum: values.reduce((sum, value) => sum + value, 0),
          }));
        expect([...collector.histograms()]).to.deep.equal(expected);
      }),
    );
  });

  it('leaves groups without samples in an interval out of it, and keeps them in the total', () => {
    const collector = live();
    collector.add(tableOf([packet('10.0.0.1', 0.1), packet('10.0.0.2', null)], pairs), 0);
    collector.report(0);
    collector.add(tableOf([packet('10.0.0.3', 0.2)], pairs), 0);
    const { interval, total } = collector.report(0);
    expect(interval.groups.map(({ labels }) => labels['src'])).to.deep.equal(['10.0.0.3']);
    expect(total.groups.map(({ labels }) => labels['src'])).to.deep.equal(['10.0.0.1', '10.0.0.3']);
    const { interval: quiet } = collector.report(0);
    expect(quiet).to.deep.equal(collected([]));
  });

  it('lets idle groups go, but not what they add to the total; one that comes back starts at zero', () => {
    const collector = live({ expireMs: 1000 });
    collector.add(tableOf([packet('10.0.0.1', 0.1), packet('10.0.0.2', 0.3)], pairs), 0);
    collector.report(500);
    collector.add(tableOf([packet('10.0.0.2', 0.5)], pairs), 900);
    expect(collector.report(999).total.groups).to.have.length(2);
    expect(collector.report(1000).total.groups).to.have.length(2);
    expect(collector.counts).to.deep.equal({ samples: 3, groups: 1, expiredGroups: 1, samplesInOther: 0 });
    expect(collector.result().total).to.include({ count: 3, min: 0.1, p50: 0.3 });

    collector.add(tableOf([packet('10.0.0.1', 0.7)], pairs), 1100);
    expect([...collector.histograms()].map(({ labels, count }) => [labels['src'], count])).to.deep.equal([
      ['10.0.0.1', 1],
      ['10.0.0.2', 2],
    ]);
    expect(collector.report(1100).total.total.count).to.equal(4);
  });

  it('counts what there is no room for under other, which is beside the rest', () => {
    const collector = live({ maxGroups: 2, expireMs: 1000 });
    const sources = ['a', 'b', 'c', 'd', 'a', 'c'].map((src) => packet(src, 0.5));
    collector.add(tableOf(sources, pairs), 0);
    const counts = () =>
      collector.result().groups.map(({ labels, statistics }) => [labels, statistics.count]);
    expect(counts()).to.deep.equal([
      [{ src: 'other', dst: 'other' }, 3],
      [{ src: 'a', dst: '10.0.0.9' }, 2],
      [{ src: 'b', dst: '10.0.0.9' }, 1],
    ]);
    expect(collector.counts).to.deep.equal({ samples: 6, groups: 3, expiredGroups: 0, samplesInOther: 3 });

    collector.report(5000);
    collector.add(tableOf([packet('c', 0.5)], pairs), 5000);
    expect(counts()).to.deep.equal([[{ src: 'c', dst: '10.0.0.9' }, 1]]);
    expect(collector.counts).to.deep.equal({ samples: 7, groups: 1, expiredGroups: 3, samplesInOther: 3 });
  });

  it('divides samples in the same way however they are cut, where there is not room for all', () => {
    fc.assert(
      fc.property(packets, fc.nat(), (all, cut) => {
        const at = all.length === 0 ? 0 : cut % all.length;
        const [one, two] = [live({ maxGroups: 3 }), live({ maxGroups: 3 })];
        one.add(tableOf(all, pairs), 0);
        two.add(tableOf(all.slice(0, at), pairs), 0);
        two.add(tableOf(all.slice(at), pairs, at), 0);
        expect(two.result()).to.deep.equal(one.result());
        expect(two.counts).to.deep.equal(one.counts);
      }),
    );
  });

  it('has one group without labels where nothing is grouped by, whatever the most of them', () => {
    const collector = live({ by: [], maxGroups: 0 });
    collector.add(tableOf([packet('10.0.0.1', 0.1), packet('10.0.0.2', 0.2)], []), 0);
    expect(collector.result().groups.map(({ labels }) => labels)).to.deep.equal([{}]);
    expect(collector.counts.samplesInOther).to.equal(0);
  });

  it('groups by network', () => {
    const collector = live({ by: ['src'], prefix: { ipv4: 24, ipv6: 64 } });
    const sources = ['10.0.0.1', '10.0.0.200', '10.0.1.1'].map((src) => packet(src, 0.5));
    collector.add(tableOf(sources, ['src']), 0);
    const { groups } = collector.result();
    expect(groups.map(({ labels, statistics }) => [labels['src'], statistics.count])).to.deep.equal([
      ['10.0.0.0/24', 2],
      ['10.0.1.0/24', 1],
    ]);
  });
});
