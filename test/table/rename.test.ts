import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import type { Table } from '../../src/table/table.ts';
import { tableEqual } from '../support/table-equal.ts';

const table = fromRows({ a: 'int32', b: 'text', c: 'boolean' }, [{ a: 1, b: 'x', c: true }]);

describe('rename', () => {
  it('gives columns other names, in their places, for the compiler too', () => {
    const renamed: Table<{ a: 'int32'; src: 'text'; c: 'boolean' }> = table.rename({ b: 'src' });
    tableEqual(renamed, fromRows({ a: 'int32', src: 'text', c: 'boolean' }, [{ a: 1, src: 'x', c: true }]));
  });

  it('can swap names', () => {
    const swapped = table.rename({ a: 'b', b: 'a' });
    expect(swapped.columnNames).to.deep.equal(['b', 'a', 'c']);
    expect(swapped.row(0)).to.deep.equal({ b: 1, a: 'x', c: true });
  });

  it('takes names that are no identifiers', () => {
    expect(table.rename({ a: '__proto__' }).columnNames).to.deep.equal(['__proto__', 'b', 'c']);
  });

  it('refuses two columns of one name', () => {
    expect(() => table.rename({ a: 'b' })).to.throw(RttsharkError, 'Two columns would be called "b".');
    expect(() => table.rename({ a: 'd', c: 'd' })).to.throw(
      RttsharkError,
      'Two columns would be called "d".',
    );
  });

  it('refuses an unknown name, and lists those that are known', () => {
    const names: Record<string, string> = { d: 'e' };
    expect(() => table.rename(names)).to.throw(
      RttsharkError,
      'The table has no column "d"; did you mean "a" or "b" or "c"? Its columns are "a", "b", "c".',
    );
  });
});
