import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import { fromRows } from '../../src/table/from-rows.ts';

const table = fromRows(
  { n: 'int32' },
  Array.from({ length: 7 }, (_, n) => ({ n })),
);
const numbers = (of: typeof table): unknown => of.column('n').toArray();

describe('head and tail', () => {
  it('give five rows, or as many as asked for, or all there are', () => {
    expect(numbers(table.head())).to.deep.equal([0, 1, 2, 3, 4]);
    expect(numbers(table.tail())).to.deep.equal([2, 3, 4, 5, 6]);
    expect(numbers(table.head(2))).to.deep.equal([0, 1]);
    expect(numbers(table.tail(2))).to.deep.equal([5, 6]);
    expect(numbers(table.head(0))).to.deep.equal([]);
    expect(numbers(table.tail(0))).to.deep.equal([]);
    expect(table.head(8).rowCount).to.equal(7);
    expect(table.tail(8).rowCount).to.equal(7);
  });

  it('refuse what is no number of rows', () => {
    for (const wrong of [-1, 1.5, NaN, Infinity]) {
      expect(() => table.head(wrong)).to.throw(RttsharkError, `from 0 on, not ${wrong}.`);
      expect(() => table.tail(wrong)).to.throw(RttsharkError, `from 0 on, not ${wrong}.`);
    }
  });
});
