import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import type { Table } from '../../src/table/table.ts';
import { tableEqual } from '../support/table-equal.ts';

const table = fromRows(
  { src: 'text', port: 'int32' },
  ['b', null, 'a', null, 'c', 'a'].map((src) => ({ src, port: src === 'a' ? 22 : null })),
);

describe('valueCounts', () => {
  it('counts, the most frequent first, ties as they appear, null as a value', () => {
    const counted: Table<{ src: 'text'; count: 'uint32' }> = table.valueCounts('src');
    tableEqual(
      counted,
      fromRows({ src: 'text', count: 'uint32' }, [
        { src: null, count: 2 },
        { src: 'a', count: 2 },
        { src: 'b', count: 1 },
        { src: 'c', count: 1 },
      ]),
    );
  });

  it('counts combinations', () => {
    expect(table.valueCounts('port', 'src').row(1)).to.deep.equal({ port: 22, src: 'a', count: 2 });
  });

  it('refuses a column called "count", and unknown ones', () => {
    const counted = table.rename({ port: 'count' });
    expect(() => counted.valueCounts('count')).to.throw(
      RttsharkError,
      '"count" is both a key and an aggregate.',
    );
    expect(() => table.valueCounts('sport' as 'port')).to.throw(RttsharkError, 'did you mean "port"');
  });
});
