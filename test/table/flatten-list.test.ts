import { expect } from 'chai';
import fc from 'fast-check';
import { columnOf } from '../../src/table/column-builder.ts';
import type { Column } from '../../src/table/column.ts';
import { elementTypeOf, listOf, scalarTypes } from '../../src/table/column-types.ts';
import { flattenList, listColumn } from '../../src/table/flatten-list.ts';
import type { ListType } from '../../src/table/schema.ts';
import { takeFrom } from '../../src/table/take.ts';
import { noRow, takeFromOrNull } from '../../src/table/take-or-null.ts';
import { sameValue } from '../support/table-equal.ts';
import { anyValues } from './arbitrary.ts';

/** The lists of the rows, read from what they are flattened to. */
function listsOf(column: Column<ListType>): unknown[] {
  const { offsets, elements } = flattenList(column);
  expect(offsets.length).to.equal(column.length + 1);
  expect(offsets[0]).to.equal(0);
  expect(offsets[column.length]).to.equal(elements.length);
  expect(elements.nullCount).to.equal(0);
  const values = elements.toArray();
  return Array.from({ length: column.length }, (_, row) => {
    const list = values.slice(offsets[row], offsets[row + 1]);
    if (column.isNull(row)) expect(list.length).to.equal(0);
    return column.isNull(row) ? null : list;
  });
}

function expectSame(actual: unknown, expected: unknown): void {
  expect(sameValue(actual, expected), 'the same lists').to.equal(true);
}

describe('flattenList', () => {
  for (const element of scalarTypes) {
    const type: ListType = listOf(element);

    it(`puts lists of ${element} behind each other, in any order of rows, and back`, () => {
      fc.assert(
        fc.property(anyValues(type), fc.array(fc.nat()), (values, picks) => {
          const column = columnOf(type, values);
          expectSame(listsOf(column), values);
          const rows = Uint32Array.from(values.length === 0 ? [] : picks, (pick) => pick % values.length);
          const taken = takeFrom(column, rows);
          const expected = Array.from(rows, (row) => values[row] ?? null);
          expectSame(listsOf(taken), expected);
          const flat = flattenList(taken);
          expect(flat.elements.type).to.equal(elementTypeOf(type));
          expectSame(listColumn(flat, taken.validity).toArray(), expected);
        }),
      );
    });
  }

  it('gives no elements for rows that a join found nothing for', () => {
    const column = takeFromOrNull(columnOf('list<int32>', [[1, 2]]), Uint32Array.of(noRow, 0, noRow));
    const { offsets, elements } = flattenList(column);
    expect([...offsets]).to.deep.equal([0, 0, 2, 2]);
    expect(elements.toArray()).to.deep.equal([1, 2]);
  });

  it('hands out the storage itself where the rows are all of the lists in their order', () => {
    const flat = { offsets: Uint32Array.of(0, 2, 2, 3), elements: columnOf('int32', [1, 2, 3]) };
    expect(flattenList(listColumn(flat)).elements.values).to.equal(flat.elements.values);
  });

  it('tells an empty list from null', () => {
    const column = columnOf('list<text>', [[], null, ['']]);
    expect(column.toArray()).to.deep.equal([[], null, ['']]);
    expect(column.nullCount).to.equal(1);
  });

  it('refuses elements that are null', () => {
    expect(() => listColumn({ offsets: Uint32Array.of(0, 1), elements: columnOf('text', [null]) })).to.throw(
      'cannot be null',
    );
  });

  it('gives lists that nobody can change', () => {
    const list = columnOf('list<int32>', [[1, 2]]).get(0);
    expect(() => (list as number[]).push(3)).to.throw(TypeError);
  });

  it('leaves what bytes it gave in the hands of who asked', () => {
    const given = Uint8Array.of(1, 2);
    const column = columnOf('bytes', [given]);
    given[0] = 9;
    column.get(0)?.fill(7);
    expect(Array.from(column.get(0) ?? [])).to.deep.equal([1, 2]);
    expect(column.dictionary).to.deep.equal(['0102']);
    // A Buffer would show the memory that it shares with others.
    expect(Object.getPrototypeOf(column.get(0))).to.equal(Uint8Array.prototype);
  });
});
