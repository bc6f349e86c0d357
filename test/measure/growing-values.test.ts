import { expect } from 'chai';
import fc from 'fast-check';
import { GrowingValues } from '../../src/measure/growing-values.ts';

const value = fc.oneof(fc.double(), fc.constantFrom(0, -0, NaN, 1, Infinity));
const parts = fc.array(fc.array(value, { maxLength: 40 }), { maxLength: 6 });

function growing(values: readonly number[]) {
  const grown = new GrowingValues();
  for (const each of values) grown.add(each);
  return grown;
}

describe('values that grow', () => {
  it('are in the order of sorting all at once, however often they are asked for', () => {
    fc.assert(
      fc.property(parts, (all) => {
        const grown = new GrowingValues();
        for (const [i, part] of all.entries()) {
          for (const each of part) grown.add(each);
          const expected = Float64Array.from(all.slice(0, i + 1).flat()).sort();
          expect(grown.sorted()).to.deep.equal(expected);
          expect(grown.sorted()).to.equal(grown.sorted());
          expect(grown.count).to.equal(expected.length);
        }
      }),
    );
  });

  it('take over others, which stay as they are', () => {
    fc.assert(
      fc.property(parts, (all) => {
        const grown = new GrowingValues();
        const others = all.map(growing);
        for (const other of others) grown.addAll(other);
        grown.add(0.5);
        expect(grown.sorted()).to.deep.equal(Float64Array.from([...all.flat(), 0.5]).sort());
        expect(others.map((other) => other.sorted())).to.deep.equal(
          all.map((part) => Float64Array.from(part).sort()),
        );
      }),
    );
  });

  it('do not change what was given out', () => {
    const grown = growing([3, 1]);
    const before = grown.sorted();
    grown.add(2);
    grown.sorted();
    expect([...before]).to.deep.equal([1, 3]);
  });
});
