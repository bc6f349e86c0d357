import { expect } from 'chai';
import { summarize } from '../../src/measure/summarize.ts';

function summaryOf(values: readonly number[]) {
  return summarize(Float64Array.from(values).sort(), 1_700_000_000_000_000_001n, 1_700_000_009_740_123_456n);
}

describe('the statistics of samples', () => {
  it('are null where there are no samples, but for the count and the sum', () => {
    const { count, sum, ...others } = summarize(new Float64Array(), null, null);
    expect({ count, sum }).to.deep.equal({ count: 0, sum: 0 });
    expect(new Set(Object.values(others))).to.deep.equal(new Set([null]));
  });

  it('have no standard deviation for one sample', () => {
    const { stddev, mean, p99 } = summaryOf([0.25]);
    expect({ stddev, mean, p99 }).to.deep.equal({ stddev: null, mean: 0.25, p99: 0.25 });
  });

  it('are right for values that can be reckoned by hand', () => {
    const { count, sum, mean, stddev, min, max, p50 } = summaryOf([4, 2, 8, 6]);
    expect({ count, sum, mean, min, max, p50 }).to.deep.equal({
      count: 4,
      sum: 20,
      mean: 5,
      min: 2,
      max: 8,
      p50: 5,
    });
    expect(stddev).to.be.closeTo(Math.sqrt(20 / 3), 1e-15);
  });

  it('lose nothing where values are large beside their spread', () => {
    const { stddev } = summaryOf([1e9 + 0.25, 1e9 + 0.5, 1e9 + 0.75]);
    expect(stddev).to.equal(0.25);
  });

  it('add up a million small values to the last digit', () => {
    const { sum, mean } = summaryOf(new Array<number>(1_000_000).fill(0.000_1));
    expect(sum).to.equal(100);
    expect(mean).to.equal(0.0001);
  });

  it('give times as the seconds nearest to the nanoseconds', () => {
    const { first_seen, last_seen } = summaryOf([1]);
    expect(first_seen).to.equal(1700000000.000000001);
    expect(last_seen).to.equal(1700000009.740123456);
  });
});
