import { expect } from 'chai';
import fc from 'fast-check';
import { SketchedValues } from '../../src/measure/sketched-values.ts';
import type { MeasurementResult, Statistics } from '../../src/measure/statistics.ts';
import { collected, live, pairs } from './live-collectors.ts';
import { tableOf, type Packet } from './packet-tables.ts';

const packets = fc.array(
  fc.record({
    src: fc.constantFrom('10.0.0.1', '10.0.0.2', '10.0.0.3'),
    dst: fc.constant('10.0.0.9'),
    stream: fc.constant('0'),
    rtt: fc.double({ min: -6, max: 1, noNaN: true }).map((exponent) => 10 ** exponent),
  }),
  { maxLength: 40 },
);
const chunks = fc.array(fc.record({ packets, reports: fc.boolean() }), { maxLength: 8 });
const packet = (src: string, rtt: number): Packet => ({ src, dst: '10.0.0.9', stream: '0', rtt });
const many = (count: number) => Array.from({ length: count }, (_, i) => packet('10.0.0.1', i + 1));

/** The parts of statistics that a sketch has to give exactly. */
const certain = ({ count, min, max, first_seen, last_seen }: Statistics) => [
  count,
  min,
  max,
  first_seen,
  last_seen,
];

function expectNear(found: Statistics, exact: Statistics, sorted: (q: number) => [number, number]) {
  expect(certain(found)).to.deep.equal(certain(exact));
  expect(found.sum / exact.sum).to.be.closeTo(1, 1e-14);
  expect(found.mean! / exact.mean!).to.be.closeTo(1, 1e-14);
  if (exact.stddev === null) expect(found.stddev).to.equal(null);
  else expect(found.stddev).to.be.closeTo(exact.stddev, 1e-12 * exact.max!);
  for (const [name, q] of [
    ['p50', 0.5],
    ['p90', 0.9],
    ['p95', 0.95],
    ['p99', 0.99],
  ] as const) {
    const [below, above] = sorted(q);
    expect(found[name]).to.be.within(below * 0.995 * (1 - 1e-9), above * 1.005 * (1 + 1e-9));
  }
}

function expectSketchOf(found: MeasurementResult, exact: MeasurementResult) {
  expect([found.quantileMethod, found.quantileRelativeError]).to.deep.equal(['sketch', 0.005]);
  const neighbours = (of: MeasurementResult | MeasurementResult['groups'][number]) => (q: number) => {
    const { distribution } = of;
    const position = (distribution.count - 1) * q;
    const at = (rank: number) => distribution.quantile(rank / Math.max(1, distribution.count - 1))!;
    return [at(Math.floor(position)), at(Math.ceil(position))] as [number, number];
  };
  if (exact.total.count > 0) expectNear(found.total, exact.total, neighbours(exact));
  expect(found.groups.map(({ labels, runningSum }) => [labels, runningSum])).to.deep.equal(
    exact.groups.map(({ labels, runningSum }) => [labels, runningSum]),
  );
  for (const [i, group] of found.groups.entries()) {
    expect(group.distribution).to.be.instanceOf(SketchedValues);
    expectNear(group.statistics, exact.groups[i]!.statistics, neighbours(exact.groups[i]!));
  }
}

describe('more samples than are to be kept', () => {
  it('become sketches that tell what all of them would tell, as near as stated', () => {
    fc.assert(
      fc.property(chunks, fc.integer({ min: 0, max: 60 }), (parts, exactSamples) => {
        const collector = live({ exactSamples });
        const tables = parts.map((part, i) => tableOf(part.packets, pairs, i * 100));
        let [closed, samples] = [0, 0];
        const expectRight = (found: MeasurementResult, from: number, to: number) => {
          const exact = collected(tables.slice(from, to));
          if (exact.total.count <= exactSamples) expect(found).to.deep.equal(exact);
          else expectSketchOf(found, exact);
        };
        for (const [i, part] of parts.entries()) {
          collector.add(tables[i]!, i);
          samples += part.packets.length;
          expectRight(collector.result(), 0, i + 1);
          if (!part.reports) continue;
          const { interval, total } = collector.report(i);
          expectRight(interval, closed, i + 1);
          expectRight(total, 0, i + 1);
          closed = i + 1;
        }
        expect(collector.counts.samples).to.equal(samples);
      }),
    );
  });

  it('leave each interval exact that is small enough', () => {
    const collector = live({ exactSamples: 50 });
    const methods = (count: number) => {
      collector.add(tableOf(many(count), pairs), 0);
      const { interval, total } = collector.report(0);
      return [interval.quantileMethod, total.quantileMethod];
    };
    expect([methods(40), methods(40), methods(60), methods(50)]).to.deep.equal([
      ['exact', 'exact'],
      ['exact', 'sketch'],
      ['sketch', 'sketch'],
      ['exact', 'sketch'],
    ]);
  });

  it('leave histograms as they were', () => {
    const [few, all] = [live({ exactSamples: 5 }), live()];
    for (const collector of [few, all]) {
      collector.add(tableOf(many(30), pairs), 0);
      collector.report(0);
      collector.add(tableOf(many(30), pairs), 0);
    }
    expect([...few.histograms()]).to.deep.equal([...all.histograms()]);
  });

  it('are told apart by groups that come later too', () => {
    const collector = live({ exactSamples: 5 });
    collector.add(tableOf(many(10), pairs), 0);
    collector.report(0);
    collector.add(tableOf([packet('10.0.0.2', 1), packet('10.0.0.2', 3)], pairs), 0);
    expectSketchOf(
      collector.result(),
      collected([tableOf(many(10), pairs), tableOf([packet('10.0.0.2', 1), packet('10.0.0.2', 3)], pairs)]),
    );
  });
});
