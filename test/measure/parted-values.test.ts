import { expect } from 'chai';
import fc from 'fast-check';
import { PartedValues } from '../../src/measure/parted-values.ts';
import { SortedValues } from '../../src/measure/sorted-values.ts';
import { statisticsOf, summarize } from '../../src/measure/summarize.ts';

const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1, 1, -1, 5e-324, -5e-324),
  fc.integer({ min: 1, max: 100 }).map((milliseconds) => milliseconds / 1000),
);

describe('sorted values in several parts', () => {
  it('have the quantiles and counts of all of them together', () => {
    const parts = fc.array(fc.array(value, { maxLength: 20 }), { maxLength: 6 });
    fc.assert(
      fc.property(parts, fc.double({ min: 0, max: 1, noNaN: true }), value, (each, q, bound) => {
        const sorted = each.map((part) => Float64Array.from(part).sort());
        const [parted, all] = [
          new PartedValues(sorted.map((part) => new SortedValues(part))),
          new SortedValues(Float64Array.from(each.flat()).sort()),
        ];
        expect(parted.count).to.equal(all.count);
        for (const figure of ['min', 'max'] as const)
          expect((parted[figure] ?? 9) + 0).to.equal((all[figure] ?? 9) + 0);
        for (const of of [0, 0.5, 0.99, 1, q])
          expect((parted.quantile(of) ?? 9) + 0).to.equal((all.quantile(of) ?? 9) + 0);
        for (const at of [bound, ...each.flat().slice(0, 5)]) {
          expect(parted.countAtMost(at)).to.equal(all.countAtMost(at));
          expect(parted.countBelow(at)).to.equal(all.countBelow(at));
        }
      }),
    );
  });

  it('have the sum and the deviation of all of them together', () => {
    const parts = fc.array(fc.array(fc.double({ min: 1e-6, max: 1e3, noNaN: true }), { maxLength: 50 }), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(parts, (each) => {
        const parted = new PartedValues(each.map((part) => new SortedValues(Float64Array.from(part).sort())));
        const expected = summarize(Float64Array.from(each.flat()).sort(), null, null);
        const found = statisticsOf(parted, parted.figures(), null, null);
        expect(found.sum).to.be.closeTo(expected.sum, expected.sum * 1e-15);
        expect(found.stddev === null).to.equal(expected.stddev === null);
        expect(found.stddev ?? 0).to.be.closeTo(expected.stddev ?? 0, 1e-9 * (expected.max ?? 0));
      }),
    );
  });
});
