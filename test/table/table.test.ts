import { expect } from 'chai';
import fc from 'fast-check';
import { RttsharkError } from '../../src/errors.ts';
import { count, max } from '../../src/table/aggregates.ts';
import { columnOf } from '../../src/table/column-builder.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import { desc } from '../../src/table/order-by.ts';
import { Table } from '../../src/table/table.ts';
import { tableEqual } from '../support/table-equal.ts';
import { anyRow, anyTable, everyType } from './arbitrary.ts';

const table = fromRows({ src: 'text', rtt: 'float64' }, [
  { src: 'a', rtt: 0.5 },
  { src: 'b', rtt: null },
]);
const loose: Record<'column' | 'select' | 'orderBy' | 'groupBy', (name: never) => unknown> = {
  column: (name) => table.column(name),
  select: (name) => table.select(name),
  orderBy: (name) => table.orderBy(name),
  groupBy: (name) => table.groupBy(name),
};

describe('table', () => {
  it('gives columns, rows and their number', () => {
    expect(table.rowCount).to.equal(2);
    expect(table.columnNames).to.deep.equal(['src', 'rtt']);
    expect(table.schema).to.deep.equal({ src: 'text', rtt: 'float64' });
    expect(table.column('rtt').toArray()).to.deep.equal([0.5, null]);
    expect(table.row(1)).to.deep.equal({ src: 'b', rtt: null });
    expect([...table.rows()]).to.deep.equal([
      { src: 'a', rtt: 0.5 },
      { src: 'b', rtt: null },
    ]);
    for (const row of [-1, 2, 0.5, NaN])
      expect(() => table.row(row)).to.throw(RangeError, `no row ${row} in a table of 2 rows`);
  });

  for (const [verb, call] of Object.entries(loose)) {
    it(`${verb} names an unknown column, those near it and all there are`, () => {
      expect(() => call('rtts' as never))
        .to.throw(RttsharkError)
        .that.includes({
          code: 'usage',
          message: 'The table has no column "rtts"; did you mean "rtt"? Its columns are "src", "rtt".',
        });
    });
  }

  for (const name of ['toString', '__proto__', 'constructor']) {
    it(`has no column "${name}" unless it is given one`, () => {
      expect(() => loose.column(name as never)).to.throw(RttsharkError, `"${name}"`);
      const odd = fromRows({ [name]: 'text', b: 'int32' }, [Object.fromEntries([[name, 'x']])]);
      expect(odd.columnNames).to.deep.equal([name, 'b']);
      expect(odd.column(name).get(0)).to.equal('x');
      expect(Object.entries(odd.row(0))).to.deep.equal([
        [name, 'x'],
        ['b', null],
      ]);
      expect(odd.filter((row) => row[name] === 'x').rowCount).to.equal(1);
      expect(odd.select(name).toCsv({ lineEnd: '\n' })).to.equal(`${name}\nx\n`);
      const grouped = odd.groupBy('b').aggregate(Object.fromEntries([[name, max(name)]]));
      expect(grouped.column(name).get(0)).to.equal('x');
    });
  }

  it('refuses columns of different lengths', () => {
    expect(() => new Table({ a: columnOf('text', ['x']), b: columnOf('int32', []) })).to.throw(
      RttsharkError,
      '"a" has 1 rows and "b" has 0',
    );
  });

  it('is not changed by any verb, nor by what is done to their results', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 20 }), (rows) => {
        const before = fromRows(everyType, rows);
        const same = fromRows(everyType, rows);
        before.filter((_, index) => index % 2 === 0);
        before.select('text', 'int64');
        before.derive({ text: { type: 'int32', value: () => 1 } });
        before.orderBy('text', desc('float64'));
        before.groupBy('text').aggregate({ n: count(), float64: max('float64') });
        before.concat(before);
        before.toCsv();
        before.column('text').toArray().fill('changed');
        before.column('float64').values.slice().fill(1);
        for (const object of [...before.toObjects(), ...before.rows()])
          Object.assign(object, { text: 'changed' });
        for (const words of before.column('uint32').sortWords()) words.fill(1);
        tableEqual(before, same);
      }),
    );
  });

  it('cannot be given other columns, names or types', () => {
    const { schema, columnNames } = table;
    expect(Object.isFrozen(schema)).to.equal(true);
    expect(Object.isFrozen(columnNames)).to.equal(true);
    const columns = { a: columnOf('int32', [1]) };
    const own = new Table(columns);
    columns.a = columnOf('int32', [2]);
    expect(own.column('a').get(0)).to.equal(1);
  });

  it('does not let its storage be written, as far as the compiler sees', () => {
    const { values } = columnOf('float64', [1]);
    // @ts-expect-error storage is to be read only
    const write = (): number => (values[0] = 2);
    // @ts-expect-error nor handed out
    const memory: unknown = values.buffer;
    expect([write, memory]).to.have.length(2);
  });

  it('has a row for each of its objects again', () => {
    fc.assert(
      fc.property(anyTable, (any) => {
        tableEqual(fromRows(everyType, any.toObjects()), any);
        expect(any.toObjects()).to.deep.equal([...any.rows()]);
      }),
    );
  });
});
