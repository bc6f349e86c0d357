import { expect } from 'chai';
import fc from 'fast-check';
import { RttsharkError } from '../../src/errors.ts';
import { columnOf } from '../../src/table/column-builder.ts';
import { Table } from '../../src/table/table.ts';

const numbered = (rowCount: number) => new Table({ n: columnOf('uint32', Array(rowCount).keys()) });

describe('sample', () => {
  it('draws as many different rows as asked for, in their order', () => {
    const sizes = fc.integer({ min: 0, max: 60 }).chain((all) =>
      fc.record({
        all: fc.constant(all),
        rows: fc.integer({ min: 0, max: all }),
        seed: fc.maxSafeInteger(),
      }),
    );
    fc.assert(
      fc.property(sizes, ({ all, rows, seed }) => {
        const drawn = numbered(all).sample({ rows, seed }).column('n').toArray().map(Number);
        expect(drawn).to.have.length(rows);
        expect(drawn).to.deep.equal([...new Set(drawn)].sort((a, b) => a - b));
        expect(drawn.every((n) => n < all)).to.equal(true);
      }),
    );
  });

  it('draws the same rows for the same seed, and others for another', () => {
    const table = numbered(1000);
    const drawn = (seed?: number): unknown =>
      table
        .sample(seed === undefined ? { rows: 10 } : { rows: 10, seed })
        .column('n')
        .toArray();
    expect(drawn()).to.deep.equal(drawn(0));
    expect(drawn(3)).to.deep.equal(drawn(3));
    expect(drawn(3)).not.to.deep.equal(drawn(4));
    expect(drawn(3)).not.to.deep.equal(drawn(3 + 2 ** 32));
  });

  it('draws every row as often as every other', () => {
    const times = new Uint32Array(20);
    for (let seed = 0; seed < 4000; seed++) {
      for (const { n } of numbered(20).sample({ rows: 5, seed }).rows()) times[n!]!++;
    }
    // Binomial with n = 4000 and p = 1/4: 1000 ± 27; five standard deviations.
    for (const [n, count] of times.entries()) expect(count, `row ${n}`).to.be.within(863, 1137);
  });

  it('takes a fraction, rounded to whole rows', () => {
    expect(numbered(10).sample({ fraction: 0.26 }).rowCount).to.equal(3);
    expect(numbered(10).sample({ fraction: 1 }).rowCount).to.equal(10);
    expect(numbered(0).sample({ fraction: 0.5 }).rowCount).to.equal(0);
  });

  it('refuses what cannot be drawn', () => {
    const table = numbered(3);
    expect(() => table.sample({ rows: 4 })).to.throw(
      RttsharkError,
      '4 rows cannot be drawn from a table of 3.',
    );
    expect(() => table.sample({ rows: -1 })).to.throw(RttsharkError, 'not -1');
    expect(() => table.sample({ fraction: 1.1 })).to.throw(RttsharkError, 'between 0 and 1, not at 1.1');
    expect(() => table.sample({ rows: 1, seed: 0.5 })).to.throw(RttsharkError, 'not 0.5');
  });
});
