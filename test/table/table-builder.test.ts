import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import { TableBuilder } from '../../src/table/table-builder.ts';
import type { ColumnType } from '../../src/table/schema.ts';

const schema = { time: 'time', src: 'text', rtt: 'float64' } as const;

describe('table builder', () => {
  it('takes columns and rows, in any mixture', () => {
    const builder = new TableBuilder(schema);
    builder.column('time').append(1n);
    expect(builder.rowCount).to.equal(1);
    builder.column('src').append('a');
    builder.column('rtt').append(null);
    builder.appendRow({ rtt: 2, time: 2n });
    expect(builder.finish().toObjects()).to.deep.equal([
      { time: 1n, src: 'a', rtt: null },
      { time: 2n, src: null, rtt: 2 },
    ]);
  });

  it('refuses columns of different lengths, naming them, and can go on after that', () => {
    const builder = new TableBuilder(schema);
    builder.column('time').append(1n);
    builder.column('src').append('a');
    expect(() => builder.finish()).to.throw(RttsharkError, '"time" has 1 rows and "rtt" has 0');
    builder.column('rtt').append(1);
    expect(builder.finish().rowCount).to.equal(1);
  });

  it('keeps its column builders over chunks', () => {
    const builder = new TableBuilder(schema);
    const columns = [builder.column('time'), builder.column('src'), builder.column('rtt')];
    const first = builder.finish();
    for (const column of columns) column.appendNull();
    expect(builder.rowCount).to.equal(1);
    expect(builder.finish().rowCount).to.equal(1);
    expect(first.rowCount).to.equal(0);
    expect(builder.column('rtt')).to.equal(columns[2]);
  });

  it('names an unknown column of a row', () => {
    const builder = new TableBuilder(schema);
    const wrong: object = { rrt: 1 };
    expect(() => {
      builder.appendRow(wrong);
    }).to.throw(RttsharkError, 'no column "rrt"; did you mean "rtt"?');
    expect(builder.rowCount).to.equal(0);
  });

  it('has a schema of its own', () => {
    const mine: Record<string, ColumnType> = { a: 'text' };
    const builder = new TableBuilder(mine);
    mine['b'] = 'text';
    expect(builder.finish().columnNames).to.deep.equal(['a']);
    expect(Object.isFrozen(builder.schema)).to.equal(true);
  });

  it('gives an empty table the columns of its schema', () => {
    const table = new TableBuilder(schema).finish();
    expect(table.schema).to.deep.equal(schema);
    expect(table.rowCount).to.equal(0);
    expect(table.toObjects()).to.deep.equal([]);
  });
});
