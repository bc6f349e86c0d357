import { expect } from 'chai';
import fc from 'fast-check';
import { RttsharkError } from '../../src/errors.ts';
import { count, first, max, min, sum } from '../../src/table/aggregates.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import { tableEqual } from '../support/table-equal.ts';
import { keyRows, keySchema } from './arbitrary.ts';

/** Text that two keys share only where they are the same key. */
function identity(keys: readonly unknown[]): string {
  return JSON.stringify(keys.map((key) => [typeof key, key === 0 ? '0' : String(key)]));
}

describe('group-by', () => {
  it('divides rows as a map of keys does, in order of first appearance', () => {
    fc.assert(
      fc.property(keyRows, fc.subarray(['a', 'b', 'c', 'd'] as const), (rows, keys) => {
        const reference = new Map<string, typeof rows>();
        if (keys.length === 0) reference.set('[]', []);
        for (const row of rows) {
          const key = identity(keys.map((name) => row[name]));
          reference.set(key, [...(reference.get(key) ?? []), row]);
        }
        const table = fromRows(keySchema, rows);
        const grouped = table
          .groupBy(...keys)
          .aggregate({ n: count(), rows: sum('row'), from: min('row'), to: max('row') });
        const groups = [...reference.values()];
        expect(grouped.rowCount).to.equal(groups.length);
        expect(grouped.column('n').toArray()).to.deep.equal(groups.map(({ length }) => length));
        const numbers = groups.map((group) => group.map(({ row }) => row ?? 0));
        expect(grouped.column('rows').toArray()).to.deep.equal(
          numbers.map((group) => group.reduce((total, row) => total + row, 0)),
        );
        expect(grouped.column('from').toArray()).to.deep.equal(numbers.map((group) => group[0] ?? null));
        expect(grouped.column('to').toArray()).to.deep.equal(numbers.map((group) => group.at(-1) ?? null));
        const firstRows = numbers.map((group) => group[0]);
        if (keys.length > 0) {
          tableEqual(
            grouped.select(...keys),
            table.filter((_, index) => firstRows.includes(index)).select(...keys),
          );
        }
      }),
    );
  });

  it('keeps keys apart that would be equal when joined', () => {
    const rows = [
      { a: 'x', b: 'yz' },
      { a: 'xy', b: 'z' },
      { a: '', b: 'xyz' },
      { a: null, b: 'xyz' },
      { a: 'null', b: 'xyz' },
    ];
    const grouped = fromRows({ a: 'text', b: 'text' }, rows).groupBy('a', 'b').aggregate({ n: count() });
    expect(grouped.toObjects()).to.deep.equal(rows.map((row) => ({ ...row, n: 1 })));
  });

  it('has more groups than its first hash table', () => {
    const rows = Array.from({ length: 6000 }, (_, row) => ({ key: row % 3000 }));
    const grouped = fromRows({ key: 'float64' }, rows).groupBy('key').aggregate({ n: count() });
    expect(grouped.column('key').toArray()).to.deep.equal(Array.from({ length: 3000 }, (_, key) => key));
    expect(new Set(grouped.column('n'))).to.deep.equal(new Set([2]));
  });

  it('groups a filtered table by the texts that are left', () => {
    const table = fromRows({ a: 'text' }, [{ a: 'x' }, { a: 'y' }, { a: 'x' }]).filter(({ a }) => a === 'x');
    expect(table.groupBy('a').aggregate({ n: count() }).toObjects()).to.deep.equal([{ a: 'x', n: 2 }]);
  });

  it('has keys of the key columns, and aggregates of their own types, with no rows too', () => {
    const table = fromRows(keySchema, []);
    const grouped = table.groupBy('c', 'a').aggregate({ n: count(), total: sum('c'), any: first('d') });
    expect(Object.entries(grouped.schema)).to.deep.equal([
      ['c', 'int64'],
      ['a', 'text'],
      ['n', 'uint32'],
      ['total', 'int64'],
      ['any', 'boolean'],
    ]);
    expect(grouped.rowCount).to.equal(0);
  });

  it('refuses an aggregate with the name of a key, an unknown one, and a key given twice', () => {
    const table = fromRows(keySchema, []);
    const unknown = 'rows' as 'row';
    expect(() => table.groupBy('a').aggregate({ a: count() })).to.throw(RttsharkError, '"a" is both');
    expect(() => table.groupBy('a').aggregate({ n: sum(unknown) })).to.throw(RttsharkError, '"rows"');
    expect(() => table.groupBy('a', 'a')).to.throw(RttsharkError, 'twice');
  });
});
