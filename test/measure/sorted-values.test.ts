import { expect } from 'chai';
import fc from 'fast-check';
import { SortedValues } from '../../src/measure/sorted-values.ts';

const value = fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -3, max: 3 }));

describe('sorted values', () => {
  it('are counted as looking at each of them does', () => {
    fc.assert(
      fc.property(fc.array(value), value, (values, bound) => {
        const sorted = new SortedValues(Float64Array.from(values).sort());
        expect(sorted.countBelow(bound)).to.equal(values.filter((each) => each < bound).length);
        expect(sorted.countAtMost(bound)).to.equal(values.filter((each) => each <= bound).length);
      }),
    );
  });

  it('have their ends as smallest and largest, and quantiles between the ranks', () => {
    const sorted = new SortedValues(Float64Array.of(1, 2, 4));
    expect([sorted.count, sorted.min, sorted.max, sorted.quantile(0.75)]).to.deep.equal([3, 1, 4, 3]);
  });

  it('have nothing to tell where there are none', () => {
    const none = new SortedValues(new Float64Array());
    expect([none.count, none.min, none.max, none.quantile(0.5), none.countAtMost(9)]).to.deep.equal([
      0,
      null,
      null,
      null,
      0,
    ]);
  });
});
