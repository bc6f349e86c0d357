import { expect } from 'chai';
import { count, mean } from '../../src/table/aggregates.ts';
import { RttsharkError } from '../../src/errors.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import type { Table } from '../../src/table/table.ts';
import { tableEqual } from '../support/table-equal.ts';

const second = 1_000_000_000n;
const schema = { at: 'time', src: 'text', x: 'float64' } as const;
const table = fromRows(schema, [
  { at: 31n * second, src: 'a', x: 1 },
  { at: -1n, src: 'b', x: 2 },
  { at: 10n * second, src: 'a', x: 3 },
  { at: null, src: 'a', x: 4 },
  { at: 19n * second, src: 'a', x: 5 },
]);

describe('resample', () => {
  it('puts rows into buckets of time, ascending, also before the epoch', () => {
    const buckets: Table<{ at: 'time'; n: 'uint32'; mean: 'float64' }> = table
      .resample('at', { seconds: 10 })
      .aggregate({ n: count(), mean: mean('x') });
    tableEqual(
      buckets,
      fromRows({ at: 'time', n: 'uint32', mean: 'float64' }, [
        { at: -10n * second, n: 1, mean: 2 },
        { at: 10n * second, n: 2, mean: 4 },
        { at: 30n * second, n: 1, mean: 1 },
      ]),
    );
  });

  it('has buckets of their own for each key, and empty ones between where asked for', () => {
    const buckets: Table<{ src: 'text'; at: 'time'; n: 'uint32'; mean: 'float64' }> = table
      .resample('at', { seconds: 10, by: ['src'], fill: true })
      .aggregate({ n: count(), mean: mean('x') });
    expect(buckets.toObjects()).to.deep.equal([
      { src: 'a', at: 10n * second, n: 2, mean: 4 },
      { src: 'a', at: 20n * second, n: 0, mean: null },
      { src: 'a', at: 30n * second, n: 1, mean: 1 },
      { src: 'b', at: -10n * second, n: 1, mean: 2 },
    ]);
  });

  it('takes an empty table', () => {
    const buckets = table.head(0).resample('at', { seconds: 1, fill: true }).aggregate({ n: count() });
    tableEqual(buckets, fromRows({ at: 'time', n: 'uint32' }, []));
  });

  it('refuses what are no times, no spans, or too many buckets', () => {
    const aggregate = (time: 'at', seconds: number, fill = false): unknown =>
      table.resample(time, { seconds, fill }).aggregate({ n: count() });
    expect(() => aggregate('x' as 'at', 1)).to.throw(RttsharkError, 'Column "x" is of type "float64"');
    expect(() => aggregate('aat' as 'at', 1)).to.throw(RttsharkError, 'did you mean "at"');
    for (const wrong of [0, -1, NaN, Infinity, 1e-10])
      expect(() => aggregate('at', wrong)).to.throw(RttsharkError, 'above 0');
    expect(() => aggregate('at', 1e-9, true)).to.throw(RttsharkError, 'more than 10000000 buckets');
  });
});
