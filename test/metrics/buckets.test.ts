import { expect } from 'chai';
import fc from 'fast-check';
import { RttsharkError } from '../../src/errors.ts';
import { SortedValues } from '../../src/measure/sorted-values.ts';
import { checkBuckets, cumulativeCounts, defaultBuckets } from '../../src/metrics/buckets.ts';

const sorted = (...values: number[]) => new SortedValues(Float64Array.from(values).sort());

describe('buckets', () => {
  it('count what lies at or below each bound', () => {
    expect(cumulativeCounts(sorted(0.1, 0.25, 0.25, 0.5, 3), [0.05, 0.25, 0.5, 1])).to.deep.equal([
      0, 3, 4, 4,
    ]);
  });

  it('count as looking at every value does', () => {
    const value = fc.double({ min: 0, max: 20, noNaN: true });
    fc.assert(
      fc.property(fc.array(value), fc.uniqueArray(value, { minLength: 1 }), (values, bounds) => {
        const ascending = bounds.sort((a, b) => a - b);
        const counts = ascending.map((bound) => values.filter((each) => each <= bound).length);
        expect(cumulativeCounts(sorted(...values), ascending)).to.deep.equal(counts);
      }),
    );
  });

  it('reach from 50 µs to 10 s by default', () => {
    expect(checkBuckets(defaultBuckets)).to.deep.equal(defaultBuckets);
    expect([defaultBuckets[0], defaultBuckets.at(-1)]).to.deep.equal([0.00005, 10]);
  });

  it('may end with the infinite one', () => {
    expect(checkBuckets([1, 2, Infinity])).to.deep.equal([1, 2]);
  });

  for (const bounds of [[], [Infinity], [1, 1], [2, 1], [NaN], [1, Infinity, 2]]) {
    it(`are not [${bounds.join(', ')}]`, () => {
      expect(() => checkBuckets(bounds))
        .to.throw(RttsharkError)
        .with.property('code', 'usage');
    });
  }
});
