import { expect } from 'chai';
import { count, mean, median, sum } from '../../src/table/aggregates.ts';
import { RttsharkError } from '../../src/errors.ts';
import { cumulativeMax, cumulativeSum } from '../../src/table/cumulative.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import { lag, lead } from '../../src/table/lag.ts';
import { desc } from '../../src/table/order-by.ts';
import { rolling } from '../../src/table/rolling.ts';
import { rowNumber } from '../../src/table/row-number.ts';
import type { Table } from '../../src/table/table.ts';

const table = fromRows({ src: 'text', time: 'time', x: 'float64', n: 'uint64' }, [
  { src: 'a', time: 3_000_000_000n, x: 1, n: 2n ** 63n },
  { src: 'b', time: 1_000_000_000n, x: 2, n: 1n },
  { src: 'a', time: null, x: null, n: 1n },
  { src: 'a', time: 2_000_000_000n, x: 4, n: null },
]);

describe('window', () => {
  it('adds columns whose types follow from what they read', () => {
    const windowed: Table<{
      src: 'text';
      time: 'time';
      x: 'uint32';
      n: 'uint64';
      before: 'text';
      mean: 'float64';
    }> = table.window({ before: lag('src'), x: rowNumber(), mean: rolling(mean('x'), { rows: 2 }) });
    expect(windowed.toObjects().map(({ before, x, mean }) => [before, x, mean])).to.deep.equal([
      [null, 1, 1],
      ['a', 2, 1.5],
      ['b', 3, 2],
      ['a', 4, 4],
    ]);
  });

  it('sees the rows of a partition, in another order, and leaves those of the table in theirs', () => {
    const windowed = table.window(
      { row: rowNumber(), next: lead('x'), most: cumulativeMax('src') },
      { partitionBy: ['src'], orderBy: [desc('time')] },
    );
    expect(windowed.column('row').toArray()).to.deep.equal([1, 1, 3, 2]);
    expect(windowed.column('next').toArray()).to.deep.equal([4, null, null, null]);
    expect(windowed.column('most').toArray()).to.deep.equal(['a', 'b', 'a', 'a']);
  });

  it('rolls over time: rows without a time have no window, and are in none', () => {
    const windowed = table.window(
      {
        rows: rolling(count(), { seconds: 2, time: 'time' }),
        middle: rolling(median('x'), { seconds: 60, time: 'time' }),
      },
      { orderBy: ['time'] },
    );
    expect(windowed.column('rows').toArray()).to.deep.equal([2, 1, null, 2]);
    expect(windowed.column('middle').toArray()).to.deep.equal([2, 2, null, 3]);
  });

  it('sums 64-bit integers exactly, and refuses a sum that does not fit', () => {
    expect(
      table
        .window({ total: cumulativeSum('n') })
        .column('total')
        .get(2),
    ).to.equal(2n ** 63n + 2n);
    const twice = table.head(1).concat(table.head(1));
    expect(() => twice.window({ total: cumulativeSum('n') })).to.throw(
      RttsharkError,
      'does not fit column "total"',
    );
  });

  it('takes an empty table', () => {
    const windowed = table.head(0).window({ row: rowNumber(), sum: rolling(sum('x'), { rows: 2 }) });
    expect(windowed.rowCount).to.equal(0);
    expect(windowed.schema).to.include({ row: 'uint32', sum: 'float64' });
  });

  it('refuses what it cannot compute', () => {
    expect(() => table.window({ y: lag('y' as 'x') })).to.throw(RttsharkError, 'no column "y"');
    expect(() => table.window({ y: rowNumber() }, { partitionBy: ['y' as 'x'] })).to.throw(
      RttsharkError,
      '"y"',
    );
    expect(() => table.window({ y: cumulativeSum('src') as never })).to.throw(
      RttsharkError,
      'The aggregate "cumulativeSum" cannot read column "src" of type "text"',
    );
    expect(() => table.window({ y: rolling(mean('x'), { seconds: 1, time: 'time' }) })).to.throw(
      RttsharkError,
      'The rows are not in the order of "time".',
    );
    expect(() => table.window({ y: rolling(mean('x'), { seconds: 1, time: 'x' }) })).to.throw(
      RttsharkError,
      'needs times',
    );
    expect(() => rolling(mean('x'), { rows: 0 })).to.throw(RttsharkError, 'from 1 on, not 0');
    expect(() => rolling(mean('x'), { seconds: 0, time: 't' })).to.throw(RttsharkError, 'above 0, not 0');
    expect(() => lag('x', -1)).to.throw(RttsharkError, 'from 0 on, not -1');
  });
});
