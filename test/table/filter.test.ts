import { expect } from 'chai';
import fc from 'fast-check';
import { fromRows } from '../../src/table/from-rows.ts';
import { tableEqual } from '../support/table-equal.ts';
import { anyRow, everyType } from './arbitrary.ts';

describe('filter', () => {
  it('keeps just the rows that the predicate is true for', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyRow, fc.boolean()), { maxLength: 30 }), (pairs) => {
        const table = fromRows(
          everyType,
          pairs.map(([row]) => row),
        );
        const kept = pairs.filter(([, keep]) => keep).map(([row]) => row);
        tableEqual(
          table.filter((_, index) => pairs[index]?.[1] === true),
          fromRows(everyType, kept),
        );
      }),
    );
  });

  it('shows the predicate every value of the row, and its copy stays', () => {
    const rows = [
      { a: 1, b: 'x' },
      { a: null, b: 'y' },
    ];
    const seen: unknown[] = [];
    fromRows({ a: 'int32', b: 'text' }, rows).filter((row) => seen.push({ ...row }) > 0);
    expect(seen).to.deep.equal(rows);
  });

  it('has no validity where no null is left', () => {
    const table = fromRows({ a: 'int32' }, [{ a: 1 }, { a: null }]).filter(({ a }) => a !== null);
    expect(table.column('a').validity).to.equal(undefined);
  });
});
