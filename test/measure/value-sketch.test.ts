import { expect } from 'chai';
import fc from 'fast-check';
import { SortedValues } from '../../src/measure/sorted-values.ts';
import { ValueSketch, type SketchOptions } from '../../src/measure/value-sketch.ts';

function sketchOf(values: readonly number[], options: SketchOptions = {}) {
  const sketch = new ValueSketch(options);
  for (const value of values) sketch.add(value);
  return sketch;
}

const duration = fc.double({ min: -9, max: 4, noNaN: true }).map((exponent) => 10 ** exponent);
const value = fc.oneof(
  duration,
  duration.map((each) => -each),
  fc.constantFrom(0, 0.001, 1),
);
const some = fc.array(value, { minLength: 1, size: 'medium' });
const share = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.5, 0.99, 1));
/** What rounding adds to a bound on errors. */
const rounding = 1 + 1e-9;

/** Everything that can be told apart of two distributions. */
const portrait = (sketch: ValueSketch, values: readonly number[]) => {
  const distribution = sketch.distribution();
  return {
    ends: [distribution.count, distribution.min, distribution.max],
    quantiles: Array.from({ length: 101 }, (_, percent) => distribution.quantile(percent / 100)),
    counts: values.flatMap((bound) => [distribution.countBelow(bound), distribution.countAtMost(bound)]),
  };
};

describe('a sketch of values', () => {
  for (const relativeError of [0.005, 0.05]) {
    it(`gives every quantile between estimates of the neighbouring ranks, ${relativeError} off at most`, () => {
      fc.assert(
        fc.property(some, share, (values, q) => {
          const sorted = Float64Array.from(values).sort();
          const position = (sorted.length - 1) * q;
          const below = sorted[Math.floor(position)]!;
          const above = sorted[Math.ceil(position)]!;
          const off = relativeError * rounding;
          const found = sketchOf(values, { relativeError }).distribution().quantile(q);
          expect(found).to.be.at.least(below - Math.abs(below) * off);
          expect(found).to.be.at.most(above + Math.abs(above) * off);
          // Between values of one sign, interpolating keeps the error.
          if (below < 0 !== above < 0) return;
          const exact = new SortedValues(sorted).quantile(q)!;
          expect(Math.abs(found! - exact)).to.be.at.most(Math.abs(exact) * off + 1e-15);
        }),
        { numRuns: 300 },
      );
    });
  }

  it('knows number, smallest and largest, and what lies below zero', () => {
    fc.assert(
      fc.property(some, (values) => {
        const distribution = sketchOf(values).distribution();
        const { count, min, max } = distribution;
        expect([count, min, max]).to.deep.equal([values.length, Math.min(...values), Math.max(...values)]);
        expect([distribution.quantile(0), distribution.quantile(1)]).to.deep.equal([min, max]);
        expect(distribution.countBelow(0)).to.equal(values.filter((each) => each < 0).length);
        expect(distribution.countAtMost(0)).to.equal(values.filter((each) => each <= 0).length);
        expect([distribution.countBelow(min!), distribution.countAtMost(max!)]).to.deep.equal([0, count]);
      }),
    );
  });

  it('counts up to a bound as if values near it could lie on either side', () => {
    fc.assert(
      fc.property(some, value, (values, bound) => {
        const distribution = sketchOf(values).distribution();
        const off = Math.abs(bound) * 0.011;
        const [below, atMost] = [distribution.countBelow(bound), distribution.countAtMost(bound)];
        expect(below).to.be.at.most(atMost);
        expect(below).to.be.at.least(values.filter((each) => each < bound - off).length);
        expect(atMost).to.be.at.most(values.filter((each) => each <= bound + off).length);
      }),
    );
  });

  it('is the same whether parts are joined, in any order, or all is seen at once', () => {
    const few = fc.option(fc.integer({ min: 1, max: 300 }), { nil: 4096 });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 5 }), few, (parts, maxBuckets) => {
        const whole = parts.flat();
        const joined = (all: readonly number[][]) => {
          const sketch = new ValueSketch({ maxBuckets });
          for (const part of all) sketch.addAll(sketchOf(part, { maxBuckets }));
          return portrait(sketch, whole);
        };
        const atOnce = portrait(sketchOf(whole, { maxBuckets }), whole);
        expect(joined(parts)).to.deep.equal(atOnce);
        expect(joined(parts.toReversed())).to.deep.equal(atOnce);
        expect(portrait(sketchOf(whole.toReversed(), { maxBuckets }), whole)).to.deep.equal(atOnce);
      }),
    );
  });

  it('puts the smallest together where there are too many buckets, and keeps the error of the others', () => {
    const values = Array.from({ length: 2000 }, (_, i) => 1.01 ** i);
    const distribution = sketchOf(values, { maxBuckets: 500 }).distribution();
    for (let rank = 1600; rank < 2000; rank++) {
      const found = distribution.quantile(rank / 1999)!;
      expect(Math.abs(found / values[rank]! - 1)).to.be.at.most(0.005 * rounding);
    }
    expect([distribution.count, distribution.min, distribution.quantile(0)]).to.deep.equal([2000, 1, 1]);
  });

  it('takes the largest and the smallest numbers there are', () => {
    const values = [-Number.MAX_VALUE, -Number.MIN_VALUE, Number.MIN_VALUE, 1, Number.MAX_VALUE];
    const { count, min, max } = sketchOf(values).distribution();
    expect([count, min, max]).to.deep.equal([5, -Number.MAX_VALUE, Number.MAX_VALUE]);
  });

  it('has nothing to tell without values', () => {
    const { count, min, max } = new ValueSketch().distribution();
    expect([count, min, max]).to.deep.equal([0, null, null]);
    const none = new ValueSketch().distribution();
    expect([none.quantile(0.5), none.countBelow(1), none.countAtMost(1)]).to.deep.equal([null, 0, 0]);
  });

  it('tells of one moment, whatever is added later', () => {
    const sketch = sketchOf([1, 2, 3]);
    const before = sketch.distribution();
    sketch.add(4);
    expect([before.count, before.max, sketch.distribution().max]).to.deep.equal([3, 3, 4]);
  });
});
