import { expect } from 'chai';
import fc from 'fast-check';
import { RttsharkError } from '../../src/errors.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import type { Table } from '../../src/table/table.ts';
import { tableEqual } from '../support/table-equal.ts';
import { keyRows, keySchema } from './arbitrary.ts';

const flows = fromRows({ src: 'text', port: 'int32', n: 'uint32' }, [
  { src: 'a', port: 1, n: 0 },
  { src: null, port: 1, n: 1 },
  { src: 'c', port: 1, n: 2 },
  { src: 'b', port: null, n: 3 },
]);
const names = fromRows({ ip: 'text', name: 'text', n: 'uint32' }, [
  { ip: 'b', name: 'second', n: 7 },
  { ip: 'a', name: 'first', n: 8 },
  { ip: null, name: 'nobody', n: 9 },
  { ip: 'a', name: null, n: 10 },
]);

type Flows = Table<{ src: 'text'; port: 'int32'; n: 'uint32'; name: 'text'; n_right: 'uint32' }>;

describe('joins', () => {
  it('inner: rows in the order of the left, then of the right; null matches nothing', () => {
    const joined: Flows = flows.innerJoin(names, { src: 'ip' });
    tableEqual(
      joined,
      fromRows({ src: 'text', port: 'int32', n: 'uint32', name: 'text', n_right: 'uint32' }, [
        { src: 'a', port: 1, n: 0, name: 'first', n_right: 8 },
        { src: 'a', port: 1, n: 0, name: null, n_right: 10 },
        { src: 'b', port: null, n: 3, name: 'second', n_right: 7 },
      ]),
    );
  });

  it('left: keeps rows without a match, with nulls', () => {
    const joined: Flows = flows.leftJoin(names, { src: 'ip' });
    expect(joined.column('n').toArray()).to.deep.equal([0, 0, 1, 2, 3]);
    expect(joined.column('n_right').toArray()).to.deep.equal([8, 10, null, null, 7]);
    expect(joined.column('name').toArray()).to.deep.equal(['first', null, null, null, 'second']);
  });

  it('left: takes an empty right table', () => {
    const joined = flows.leftJoin(names.head(0), { src: 'ip' });
    expect(joined.rowCount).to.equal(4);
    expect(joined.column('name').toArray()).to.deep.equal([null, null, null, null]);
  });

  it('semi and anti: each row on one side', () => {
    expect(flows.semiJoin(names, { src: 'ip' }).column('n').toArray()).to.deep.equal([0, 3]);
    expect(flows.antiJoin(names, { src: 'ip' }).column('n').toArray()).to.deep.equal([1, 2]);
  });

  it('are what comparing every pair of rows gives', () => {
    type Row = { readonly [K in keyof typeof keySchema]: unknown };
    const isSame = (x: unknown, y: unknown): boolean =>
      x !== null && (x === y || (Number.isNaN(x) && Number.isNaN(y)));
    const matches = (x: Row, y: Row): boolean =>
      (['a', 'b', 'c', 'd'] as const).every((key) => isSame(x[key], y[key]));
    fc.assert(
      fc.property(keyRows, keyRows, (left, right) => {
        const keys = ['a', 'b', 'c', 'd'] as const;
        const other = fromRows(keySchema, right);
        const joined = fromRows(keySchema, left).innerJoin(other, keys);
        const pairs = left.flatMap((x) => right.filter((y) => matches(x, y)).map((y) => [x.row, y.row]));
        expect(joined.toObjects().map(({ row, row_right }) => [row, row_right])).to.deep.equal(pairs);
        const semi = fromRows(keySchema, left).semiJoin(other, keys);
        expect(semi.column('row').toArray()).to.deep.equal([...new Set(pairs.map(([x]) => x))]);
      }),
    );
  });

  it('take another suffix', () => {
    const joined: Table<{ src: 'text'; port: 'int32'; n: 'uint32'; name: 'text'; n_2: 'uint32' }> =
      flows.innerJoin(names, { src: 'ip' }, { suffix: '_2' });
    expect(joined.columnNames).to.deep.equal(['src', 'port', 'n', 'name', 'n_2']);
  });

  it('refuse unknown keys, keys of different types, no keys, and two columns of one name', () => {
    expect(() => flows.innerJoin(names, 'n2' as 'n')).to.throw(RttsharkError, 'The table has no column "n2"');
    expect(() => flows.innerJoin(names, { src: 'ipp' as 'ip' })).to.throw(RttsharkError, '"ip", "name", "n"');
    expect(() => flows.semiJoin(names, { port: 'ip' })).to.throw(
      RttsharkError,
      'Column "port" of type "int32" cannot be joined with "ip" of type "text".',
    );
    expect(() => flows.antiJoin(names, [])).to.throw(RttsharkError, 'A join needs a column to join by.');
    const clashing = flows.rename({ port: 'n_right' });
    expect(() => clashing.innerJoin(names, { src: 'ip' })).to.throw(RttsharkError, 'have a column "n_right"');
  });
});
