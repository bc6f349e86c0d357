import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import { fromRows } from '../../src/table/from-rows.ts';

describe('from rows', () => {
  it('takes a missing property and undefined for null', () => {
    const rows: object[] = [{ a: undefined }, {}, { a: null }, { a: '' }];
    expect(fromRows({ a: 'text' }, rows).column('a').toArray()).to.deep.equal([null, null, null, '']);
  });

  it('takes any iterable, and does not keep the rows', () => {
    const row = { a: 1 };
    const table = fromRows({ a: 'int32' }, new Set([row]));
    row.a = 2;
    expect(table.toObjects()).to.deep.equal([{ a: 1 }]);
  });

  it('refuses an unknown column and a value of another type', () => {
    const wrong: [object, string][] = [
      [{ b: 1 }, 'no column "b"'],
      [{ a: '1' }, 'The value "1" does not fit column "a" of type "int32".'],
    ];
    for (const [row, message] of wrong) {
      expect(() => fromRows({ a: 'int32' }, [row])).to.throw(RttsharkError, message);
    }
  });
});
