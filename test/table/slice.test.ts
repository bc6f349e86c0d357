import { expect } from 'chai';
import fc from 'fast-check';
import { fromRows } from '../../src/table/from-rows.ts';

describe('slice', () => {
  const schema = { n: 'uint32', name: 'text' } as const;

  it('gives the rows that an array would give', () => {
    const bound = fc.option(fc.oneof(fc.integer({ min: -12, max: 12 }), fc.double()), { nil: undefined });
    fc.assert(
      fc.property(fc.nat(8), bound, bound, (length, start = 0, end) => {
        const rows = Array.from({ length }, (_, n) => ({ n, name: n % 3 === 0 ? null : `row ${n}` }));
        expect(fromRows(schema, rows).slice(start, end).toObjects()).to.deep.equal(rows.slice(start, end));
      }),
    );
  });
});
