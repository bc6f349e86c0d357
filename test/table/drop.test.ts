import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import type { Table } from '../../src/table/table.ts';
import { tableEqual } from '../support/table-equal.ts';

const table = fromRows({ src: 'int32', dst: 'text', rtt: 'boolean' }, [{ src: 1, dst: 'x', rtt: true }]);

describe('drop', () => {
  it('leaves columns out, for the compiler too', () => {
    const dropped: Table<{ dst: 'text' }> = table.drop('rtt', 'src');
    tableEqual(dropped, fromRows({ dst: 'text' }, [{ dst: 'x' }]));
  });

  it('refuses a name that is unknown or given twice', () => {
    expect(() => table.drop('sec' as 'src')).to.throw(RttsharkError, '"src", "dst", "rtt"');
    expect(() => table.drop('src', 'src')).to.throw(RttsharkError, 'The column "src" is given twice.');
  });
});
