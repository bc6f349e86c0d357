import { expect } from 'chai';
import fc from 'fast-check';
import { bucketBound, bucketIndex, coarserIndex } from '../../src/measure/exponential-bounds.ts';
import {
  coarserCounts,
  zeroThreshold,
  type ExponentialCounts,
  type ExponentialLayout,
} from '../../src/measure/exponential-counts.ts';
import { ExponentialHistogram } from '../../src/measure/exponential-histogram.ts';
import { exponentialCounts } from '../../src/measure/exponential-spread.ts';
import { SortedValues } from '../../src/measure/sorted-values.ts';

const schema = fc.integer({ min: -4, max: 8 });
const size = fc.oneof(
  fc.double({ min: 1e-6, max: 100, noNaN: true }),
  fc.double({ min: 2 ** -1020, max: Number.MAX_VALUE, noNaN: true }),
  fc.integer({ min: -1000, max: 1000 }).map((power) => 2 ** power),
);
const value = fc.oneof(
  size,
  size.map((of) => -of),
  fc.constantFrom(0, -0, zeroThreshold, -zeroThreshold, 2 ** -127, 1e-300, Infinity, -Infinity),
);
const values = fc.array(value, { maxLength: 300 });
const layout: fc.Arbitrary<ExponentialLayout> = fc.record({
  schema,
  maxBuckets: fc.constantFrom(1, 2, 5, 20, 160, 10_000),
});

function counted(all: readonly number[], cut: ExponentialLayout): ExponentialHistogram {
  const histogram = new ExponentialHistogram(cut);
  for (const one of all) histogram.add(one);
  return histogram;
}

/** With the entries as lists, since chai compares maps without their order. */
function listed(counts: ExponentialCounts) {
  return { ...counts, positive: [...counts.positive], negative: [...counts.negative] };
}

function total({ zeroCount, positive, negative }: ExponentialCounts): number {
  return [...positive.values(), ...negative.values()].reduce((sum, count) => sum + count, zeroCount);
}

describe('exponential buckets', () => {
  it('hold every value between their bounds, the upper one included', () => {
    fc.assert(
      fc.property(size, schema, (of, at) => {
        const index = bucketIndex(of, at);
        expect(of).to.be.at.most(bucketBound(index, at));
        expect(of).to.be.above(bucketBound(index - 1, at));
      }),
    );
  });

  it('hold their own upper bound, at every resolution', () => {
    for (let at = -4; at <= 8; at++) {
      for (let index = Math.ceil(-1022 * 2 ** at); index <= 1024 * 2 ** at; index++) {
        if (bucketIndex(bucketBound(index, at), at) !== index) expect.fail(`${index} of schema ${at}`);
      }
    }
  });

  it('end where Prometheus has their ends', () => {
    // As Prometheus prints them; a test with a running one compares the finest.
    expect([1, 2, 3, 4, 5, 6, 7, 8].map((index) => bucketBound(index, 3) / 2)).to.deep.equal([
      0.5452538663326288, 0.5946035575013605, 0.6484197773255048, 0.7071067811865475, 0.7711054127039704,
      0.8408964152537144, 0.9170040432046711, 1,
    ]);
    expect([bucketBound(1024, 0), bucketBound(64, -4)]).to.deep.equal(Array(2).fill(Number.MAX_VALUE));
    expect(bucketBound(-8, -4)).to.equal(zeroThreshold);
    expect(bucketBound(bucketIndex(Infinity, 8), 8)).to.equal(Infinity);
  });

  it('are in the bucket of the next lower resolution that holds their bounds', () => {
    fc.assert(
      fc.property(size, schema, fc.integer({ min: 0, max: 12 }), (of, at, lower) => {
        fc.pre(at - lower >= -4);
        expect(coarserIndex(bucketIndex(of, at), lower)).to.equal(bucketIndex(of, at - lower));
      }),
    );
  });
});

describe('an exponential histogram', () => {
  it('counts each value once, in its bucket or as a zero', () => {
    fc.assert(
      fc.property(values, schema, (all, at) => {
        const counts = counted(all, { schema: at, maxBuckets: Infinity }).counts();
        expect(counts.schema).to.equal(at);
        expect(total(counts)).to.equal(all.length);
        expect(counts.zeroCount).to.equal(all.filter((one) => Math.abs(one) <= zeroThreshold).length);
        for (const [index, count] of counts.positive) {
          const [above, upTo] = [bucketBound(index - 1, at), bucketBound(index, at)];
          expect(count).to.equal(all.filter((one) => one > above && one <= upTo).length);
        }
        for (const [index, count] of counts.negative) {
          const [above, upTo] = [bucketBound(index - 1, at), bucketBound(index, at)];
          expect(count).to.equal(all.filter((one) => -one > above && -one <= upTo).length);
        }
      }),
    );
  });

  it('of merged ones is that of all values at once, bit for bit, in whatever order', () => {
    fc.assert(
      fc.property(values, values, layout, (some, others, cut) => {
        const merged = counted(some, cut);
        merged.addAll(counted(others, cut));
        expect(listed(merged.counts())).to.deep.equal(listed(counted([...others, ...some], cut).counts()));
      }),
    );
  });

  it('of different resolutions has the lower one', () => {
    fc.assert(
      fc.property(values, values, schema, schema, (some, others, a, b) => {
        const merged = counted(some, { schema: a, maxBuckets: Infinity });
        merged.addAll(counted(others, { schema: b, maxBuckets: Infinity }));
        const all = counted([...some, ...others], { schema: Math.min(a, b), maxBuckets: Infinity });
        expect(listed(merged.counts())).to.deep.equal(listed(all.counts()));
      }),
    );
  });

  it('lowers its resolution no further than it must, and loses no count', () => {
    fc.assert(
      fc.property(values, layout, (all, cut) => {
        const counts = counted(all, cut).counts();
        const buckets = counts.positive.size + counts.negative.size;
        expect(total(counts)).to.equal(all.length);
        if (counts.schema > -4) expect(buckets).to.be.at.most(cut.maxBuckets);
        if (counts.schema === cut.schema) return;
        const finer = counted(all, { schema: counts.schema + 1, maxBuckets: Infinity }).counts();
        expect(finer.positive.size + finer.negative.size).to.be.above(cut.maxBuckets);
        expect([...coarserCounts(finer.positive, 1)].sort(([a], [b]) => a - b)).to.deep.equal([
          ...counts.positive,
        ]);
      }),
    );
  });

  it('of a distribution is that of its values', () => {
    fc.assert(
      fc.property(values, layout, (all, cut) => {
        const distribution = new SortedValues(Float64Array.from(all).sort());
        expect(listed(exponentialCounts(distribution, cut))).to.deep.equal(
          listed(counted(all, cut).counts()),
        );
      }),
    );
  });

  it('does not change what it gave', () => {
    const histogram = counted([1, 2, 3], { schema: 0, maxBuckets: 160 });
    const before = histogram.counts();
    const copy = listed(before);
    histogram.add(1);
    histogram.add(1000);
    expect(listed(before)).to.deep.equal(copy);
  });
});
