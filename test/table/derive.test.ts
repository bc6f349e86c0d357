import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import { tableEqual } from '../support/table-equal.ts';

const table = fromRows({ a: 'int32', b: 'text' }, [
  { a: 1, b: 'x' },
  { a: null, b: 'y' },
]);

describe('derive', () => {
  it('adds columns at the end, and puts those of a known name in their place', () => {
    const derived = table.derive({
      n: { type: 'uint32', value: (_, index) => index },
      a: { type: 'float64', value: ({ a }) => (a === null ? null : a / 2) },
    });
    tableEqual(
      derived,
      fromRows({ a: 'float64', b: 'text', n: 'uint32' }, [
        { a: 0.5, b: 'x', n: 0 },
        { a: null, b: 'y', n: 1 },
      ]),
    );
  });

  it('shows every function the columns as they were', () => {
    const derived = table.derive({
      a: { type: 'text', value: () => 'new' },
      b: { type: 'int32', value: ({ a }) => a },
    });
    expect(derived.column('b').toArray()).to.deep.equal([1, null]);
  });

  it('refuses a value that does not fit, naming the column', () => {
    expect(() => table.derive({ half: { type: 'int32', value: ({ a }) => (a ?? 0) / 2 } })).to.throw(
      RttsharkError,
      'The value 0.5 does not fit column "half" of type "int32".',
    );
  });
});
