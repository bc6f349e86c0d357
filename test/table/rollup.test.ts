import { expect } from 'chai';
import { count, max, mean, sum } from '../../src/table/aggregates.ts';
import { custom } from '../../src/table/custom.ts';
import { RttsharkError } from '../../src/errors.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import type { Table } from '../../src/table/table.ts';
import { tableEqual } from '../support/table-equal.ts';

const table = fromRows({ src: 'text', rtt: 'float64', n: 'int64' }, [
  { src: 'a', rtt: 3, n: 1n },
  { src: 'b', rtt: null, n: null },
  { src: 'a', rtt: 1, n: 2n },
]);

const range = custom('rtt', {
  name: 'range',
  from: 'float64',
  to: 'float64',
  sorted: true,
  of: ({ values }) => (values.length === 0 ? null : (values.at(-1) ?? 0) - (values[0] ?? 0)),
});
const srcList = custom('src', { from: 'text', to: 'text', of: (values) => [...values].join('+') });

describe('rollup', () => {
  it('aggregates over all rows', () => {
    const rolled: Table<{ rows: 'uint32'; total: 'int64'; mean: 'float64' }> = table.rollup({
      rows: count(),
      total: sum('n'),
      mean: mean('rtt'),
    });
    tableEqual(
      rolled,
      fromRows({ rows: 'uint32', total: 'int64', mean: 'float64' }, [{ rows: 3, total: 3n, mean: 2 }]),
    );
  });

  it('gives one row for no rows', () => {
    const rolled = table.head(0).rollup({ rows: count(), total: sum('n'), max: max('src') });
    expect(rolled.toObjects()).to.deep.equal([{ rows: 0, total: 0n, max: null }]);
  });
});

describe('custom aggregates', () => {
  it('make one value of those of a group that are not null', () => {
    const grouped: Table<{ src: 'text'; range: 'float64' }> = table.groupBy('src').aggregate({ range });
    expect(grouped.toObjects()).to.deep.equal([
      { src: 'a', range: 2 },
      { src: 'b', range: null },
    ]);
    expect(table.rollup({ srcList }).row(0)).to.deep.equal({ srcList: 'a+b+a' });
  });

  it('refuse a column of another type, and one that is not there', () => {
    const wrong = table.drop('rtt').rename({ n: 'rtt' });
    expect(() => wrong.rollup({ range: range as never })).to.throw(
      RttsharkError,
      'The aggregate "range" cannot read column "rtt" of type "int64"; it takes float64.',
    );
    expect(() => table.drop('rtt').rollup({ range: range as never })).to.throw(
      RttsharkError,
      'no column "rtt"',
    );
  });
});
