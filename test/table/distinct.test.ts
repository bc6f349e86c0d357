import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import { tableEqual } from '../support/table-equal.ts';

const schema = { src: 'text', x: 'float64' } as const;
const table = fromRows(schema, [
  { src: 'a', x: NaN },
  { src: null, x: 0 },
  { src: 'a', x: NaN },
  { src: null, x: -0 },
  { src: '', x: null },
]);

describe('distinct', () => {
  it('gives the first row of each: null is one value, NaN another, −0 is 0', () => {
    tableEqual(table.distinct(), table.slice(0, 2).concat(table.tail(1)));
  });

  it('tells rows apart by the named columns only', () => {
    expect(table.distinct('src').toObjects()).to.deep.equal([
      { src: 'a', x: NaN },
      { src: null, x: 0 },
      { src: '', x: null },
    ]);
  });

  it('takes a table without columns, or without rows', () => {
    expect(fromRows({}, []).distinct().rowCount).to.equal(0);
    tableEqual(table.head(0).distinct(), fromRows(schema, []));
  });

  it('refuses a name that is unknown or given twice', () => {
    expect(() => table.distinct('y' as 'x')).to.throw(RttsharkError, 'no column "y"');
    expect(() => table.distinct('x', 'x')).to.throw(RttsharkError, 'The column "x" is given twice.');
  });
});
