import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import { tableEqual } from '../support/table-equal.ts';

const table = fromRows({ a: 'int32', b: 'text', c: 'boolean' }, [{ a: 1, b: 'x', c: true }]);

describe('select', () => {
  it('gives the named columns in the order named', () => {
    tableEqual(table.select('c', 'a'), fromRows({ c: 'boolean', a: 'int32' }, [{ a: 1, c: true }]));
  });

  it('refuses a name given twice', () => {
    expect(() => table.select('a', 'b', 'a')).to.throw(RttsharkError, 'The column "a" is given twice.');
  });
});
