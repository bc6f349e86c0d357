import { expect } from 'chai';
import fc from 'fast-check';
import { RttsharkError } from '../../src/errors.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import type { ColumnType } from '../../src/table/schema.ts';
import { tableEqual } from '../support/table-equal.ts';
import { anyRow, anyTable, everyType } from './arbitrary.ts';

describe('concat', () => {
  it('puts the rows of one table after those of the other', () => {
    const rows = fc.array(anyRow, { maxLength: 20 });
    fc.assert(
      fc.property(rows, rows, (first, second) => {
        tableEqual(
          fromRows(everyType, first).concat(fromRows(everyType, second)),
          fromRows(everyType, [...first, ...second]),
        );
      }),
    );
  });

  it('does not care how it is nested', () => {
    fc.assert(
      fc.property(anyTable, anyTable, anyTable, (a, b, c) => {
        tableEqual(a.concat(b).concat(c), a.concat(b.concat(c)));
        tableEqual(a.concat(b, c), a.concat(b.concat(c)));
      }),
    );
  });

  it('merges dictionaries, so that no text is in there twice', () => {
    const [first, second] = [
      ['a', 'b'],
      ['c', 'b', null],
    ].map((texts) =>
      fromRows(
        { t: 'text' },
        texts.map((t) => ({ t })),
      ),
    );
    const column = first!.concat(second!).column('t');
    expect(column.dictionary).to.deep.equal(['a', 'b', 'c']);
    expect(column.toArray()).to.deep.equal(['a', 'b', 'c', 'b', null]);
  });

  it('finds columns by their names, in the order of the first table', () => {
    const first = fromRows({ a: 'text', b: 'int32' }, [{ a: 'x', b: 1 }]);
    const second = fromRows({ b: 'int32', a: 'text' }, [{ a: 'y', b: 2 }]);
    expect(first.concat(second).toCsv({ lineEnd: '\n' })).to.equal('a,b\nx,1\ny,2\n');
  });

  const wrong: [Record<string, ColumnType>, string][] = [
    [{ a: 'text' }, 'Table 3 cannot be appended to table 1: it has no column "b".'],
    [
      { a: 'text', b: 'float64' },
      'Table 3 cannot be appended to table 1: column "b" is of type "float64" in it, and of type "int32" in table 1.',
    ],
    [
      { a: 'text', b: 'int32', c: 'text' },
      'Table 3 cannot be appended to table 1: its column "c" is not in table 1.',
    ],
  ];
  for (const [schema, message] of wrong) {
    it(`says: ${message}`, () => {
      const right: Record<string, ColumnType> = { a: 'text', b: 'int32' };
      const table = fromRows(right, []);
      expect(() => table.concat(fromRows(right, []), fromRows(schema, []))).to.throw(RttsharkError, message);
    });
  }
});
