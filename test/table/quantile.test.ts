import { expect } from 'chai';
import { quantileOfSorted } from '../../src/table/quantile.ts';

describe('a quantile of sorted values', () => {
  const cases: [values: number[], q: number, quantile: number | null][] = [
    [[], 0.5, null],
    [[7], 0, 7],
    [[7], 0.99, 7],
    [[1, 2], 0.5, 1.5],
    [[1, 2, 3, 4], 0.25, 1.75],
    [[1, 2, 3, 4], 1, 4],
    [[0, 10, 20, 30, 40], 0.9, 36],
    [[0, 10, 20, 30, 40], 0.5, 20],
  ];
  for (const [values, q, quantile] of cases) {
    it(`${q} of [${values.join(', ')}] is ${quantile}`, () => {
      expect(quantileOfSorted(Float64Array.from(values), q)).to.equal(quantile);
    });
  }
});
