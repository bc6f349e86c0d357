import { expect } from 'chai';
import fc from 'fast-check';
import { SortedValues } from '../../src/measure/sorted-values.ts';
import { logScale, sparkBars, sparklines } from '../../src/report/sparkline.ts';

const sorted = (...values: number[]) => new SortedValues(Float64Array.from(values).sort());
const positive = fc.array(fc.double({ min: 1e-9, max: 1e4, noNaN: true }), { minLength: 1 });

describe('report/sparkline', () => {
  describe('logScale', () => {
    const scales: [values: number[], low: number, high: number][] = [
      [[0.000052, 7.3], 0.00005, 10],
      [[0.0003, 0.0003], 0.0002, 0.0005],
      [[0.001], 0.001, 0.002],
      [[0.002, 0.005], 0.002, 0.005],
      [[-1, 0, 0.009, 0.011], 0.005, 0.02],
    ];
    for (const [values, low, high] of scales) {
      it(`of ${values.join(', ')} goes from ${low} to ${high}`, () => {
        expect(logScale(sorted(...values))).to.deep.equal({ low, high });
      });
    }

    it('does not exist without a value above zero', () => {
      expect(logScale(sorted())).to.equal(undefined);
      expect(logScale(sorted(0, -1))).to.equal(undefined);
    });

    it('is the same with values of zero and less beside the others', () => {
      fc.assert(
        fc.property(positive, (values) => {
          expect(logScale(sorted(0, -1, ...values))).to.deep.equal(logScale(sorted(...values)));
        }),
      );
    });

    it('holds every value', () => {
      fc.assert(
        fc.property(positive, (values) => {
          const scale = logScale(sorted(...values));
          expect(scale?.low).to.be.at.most(Math.min(...values));
          expect(scale?.high).to.be.at.least(Math.max(...values));
          expect(scale!.high).to.be.greaterThan(scale!.low);
        }),
      );
    });
  });

  describe('sparkline', () => {
    const scale = { low: 0.001, high: 10 };
    const lines: [name: string, values: number[], line: string][] = [
      ['a decade in each cell', [0.002, 0.02, 0.2, 2], '████'],
      [
        'heights beside the fullest cell',
        [0.002, ...Array<number>(8).fill(0.02), ...Array<number>(4).fill(2)],
        '▁█ ▄',
      ],
      ['few among many', [...Array<number>(1000).fill(0.02), 2], ' █ ▁'],
      ['both ends', [0.001, 10], '█  █'],
      ['zero and less at the lower end', [-1, 0, 0], '█   '],
      ['beyond the scale', [0.0001, 100], '█  █'],
    ];
    for (const [name, values, line] of lines) {
      it(`shows ${name}`, () => {
        expect(sparklines(scale, 4)(sorted(...values))).to.equal(line);
      });
    }

    it('puts a value between two cells into the upper one', () => {
      expect(sparklines({ low: 1, high: 16 }, 4)(sorted(2))).to.equal(' █  ');
    });

    it('has one full bar at least, and one bar for each cell with a value', () => {
      fc.assert(
        fc.property(positive, fc.integer({ min: 1, max: 30 }), (values, cells) => {
          const { low, high } = logScale(sorted(...values))!;
          const line = sparklines({ low, high }, cells)(sorted(...values));
          const cellOf = (value: number) =>
            Math.min(cells - 1, Math.floor((Math.log(value / low) / Math.log(high / low)) * cells));
          expect(line).to.have.length(cells).and.include('█');
          expect(Array.from(line).every((bar) => bar === ' ' || sparkBars.includes(bar))).to.equal(true);
          const filled = Array.from(line).filter((bar) => bar !== ' ').length;
          expect(filled).to.be.at.most(values.length);
          expect(Math.abs(filled - new Set(values.map(cellOf)).size)).to.be.at.most(1);
        }),
      );
    });
  });
});
