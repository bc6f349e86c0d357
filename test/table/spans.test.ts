import { expect } from 'chai';
import fc from 'fast-check';
import { mean, quantile, stddev, sum } from '../../src/table/aggregates.ts';
import { fromColumns } from '../../src/table/from-columns.ts';

const anySpan = fc.bigInt({ min: -(2n ** 61n), max: 2n ** 61n });

function rollup(spans: readonly (bigint | null)[]) {
  return fromColumns({ x: 'duration' }, { x: spans })
    .rollup({ mean: mean('x'), p50: quantile('x', 0.5), p100: quantile('x', 1), stddev: stddev('x') })
    .row(0);
}

describe('statistics of durations', () => {
  it('are exact to the nearest nanosecond however long they are', () => {
    fc.assert(
      fc.property(fc.array(anySpan, { minLength: 1, maxLength: 9 }), (spans) => {
        const total = spans.reduce((all, span) => all + span, 0n);
        const off = 2n * (BigInt(spans.length) * (rollup(spans).mean ?? 0n) - total);
        expect(off <= BigInt(spans.length) && -off <= BigInt(spans.length)).to.equal(true);
        const largest = spans.reduce((most, span) => (span > most ? span : most));
        expect(rollup(spans).p100 === largest).to.equal(true);
      }),
    );
  });

  it('round halves up, and the middle of two', () => {
    expect(rollup([1n, 2n]).mean).to.equal(2n);
    expect(rollup([-1n, -2n]).mean).to.equal(-1n);
    expect(rollup([-2n, -3n, -3n]).mean).to.equal(-3n);
    expect(rollup([2n ** 62n, 2n ** 62n + 2n, null]).p50).to.equal(2n ** 62n + 1n);
    expect(rollup([3n, 7n]).stddev).to.equal(3n);
  });

  it('are null where there is nothing', () => {
    expect(rollup([null])).to.deep.equal({ mean: null, p50: null, p100: null, stddev: null });
  });

  it('have no sum beyond 64 bits', () => {
    const table = fromColumns({ x: 'duration' }, { x: [2n ** 63n - 1n, 1n] });
    expect(() => table.rollup({ sum: sum('x') })).to.throw('does not fit column "sum" of type "duration"');
  });
});
