import { expect } from 'chai';
import fc from 'fast-check';
import { ColumnBuilder, columnOf } from '../../src/table/column-builder.ts';
import type { ColumnType } from '../../src/table/schema.ts';
import { sameValue } from '../support/table-equal.ts';
import { anyValues, columnTypes } from './arbitrary.ts';

describe('column builder', () => {
  for (const type of columnTypes) {
    it(`gives every ${type} back as it was appended, nulls included`, () => {
      fc.assert(
        fc.property(anyValues(type), (values) => {
          const column = columnOf(type, values);
          expect(column.type).to.equal(type);
          expect(column.length).to.equal(values.length);
          expect(column.nullCount).to.equal(values.filter((value) => value === null).length);
          const back = column.toArray();
          for (const [row, value] of values.entries()) {
            expect(sameValue(back[row], value), `row ${row}`).to.equal(true);
            expect(column.isNull(row)).to.equal(value === null);
          }
        }),
      );
    });
  }

  it('grows beyond its first storage, with nulls on both sides of the seam', () => {
    const values = Array.from({ length: 5000 }, (_, row) => (row % 7 === 3 ? null : row / 3));
    expect(columnOf('float64', values).toArray()).to.deep.equal(values);
  });

  it('needs no validity where there are no nulls, and has one byte a row where there are', () => {
    expect(columnOf('int32', [1, 2]).validity).to.equal(undefined);
    expect([...(columnOf('int32', [1, null, 2]).validity ?? [])]).to.deep.equal([1, 0, 1]);
  });

  const refused: [ColumnType, unknown][] = [
    ['float64', '1'],
    ['float64', 1n],
    ['int32', 2 ** 31],
    ['int32', 0.5],
    ['int32', NaN],
    ['uint32', -1],
    ['uint32', 2 ** 32],
    ['int64', 1],
    ['int64', 2n ** 63n],
    ['int64', -(2n ** 63n) - 1n],
    ['uint64', -1n],
    ['uint64', 2n ** 64n],
    ['time', 2n ** 63n],
    ['text', 1],
    ['boolean', 1],
    ['boolean', undefined],
    ['duration', 1],
    ['duration', 2n ** 63n],
    ['bytes', 'ff'],
    ['bytes', [255]],
    ['list<int32>', 1],
    ['list<int32>', [1, null]],
    ['list<int32>', [1, 0.5]],
    ['list<text>', 'a'],
    ['list<bytes>', [[1]]],
  ];
  for (const [type, value] of refused) {
    it(`refuses ${typeof value} ${String(value)} in a column of type ${type}, and stays as it was`, () => {
      const builder = new ColumnBuilder(type, 'x');
      builder.appendNull();
      expect(() => {
        builder.append(value as never);
      }).to.throw(`column "x" of type "${type}"`);
      expect(builder.length).to.equal(1);
      expect(builder.finish().toArray()).to.deep.equal([null]);
    });
  }

  it('starts afresh after finish, and leaves what it handed over alone', () => {
    const builder = new ColumnBuilder('text');
    for (const text of ['a', null, 'b']) builder.append(text);
    const first = builder.finish();
    expect(builder.length).to.equal(0);
    for (const text of ['c', 'd', 'e', null]) builder.append(text);
    const second = builder.finish();
    expect(first.toArray()).to.deep.equal(['a', null, 'b']);
    expect(second.toArray()).to.deep.equal(['c', 'd', 'e', null]);
    expect(second.dictionary).to.deep.equal(['c', 'd', 'e']);
    expect(builder.finish().length).to.equal(0);
  });

  it('shows a null where the storage of the last column had a value', () => {
    const builder = new ColumnBuilder('float64');
    for (let i = 0; i < 1024; i++) builder.append(7);
    builder.finish();
    builder.appendNull();
    const column = builder.finish();
    expect(column.get(0)).to.equal(null);
    expect(column.values[0]).to.equal(0);
  });
});
