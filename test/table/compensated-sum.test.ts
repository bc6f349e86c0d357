import { expect } from 'chai';
import fc from 'fast-check';
import { CompensatedSum } from '../../src/table/compensated-sum.ts';

function sumOf(values: readonly number[]): number {
  const sum = new CompensatedSum();
  for (const value of values) sum.add(value);
  return sum.value;
}

/** A finite double as an exact multiple of 2^-1074. */
function exact(value: number): bigint {
  const bits = new BigUint64Array(new Float64Array([value]).buffer)[0]!;
  const exponent = (bits >> 52n) & 0x7ffn;
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  const size = exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
  return bits >> 63n === 1n ? -size : size;
}

const size = (value: bigint): bigint => (value < 0n ? -value : value);

describe('compensated sum', () => {
  const cases: [values: number[], sum: number][] = [
    [[], 0],
    [[1, 1e100, 1, -1e100], 2],
    [Array.from({ length: 10 }, () => 0.1), 1],
    [[1e16, 1, 1, -1e16], 2],
    [[Infinity, 1], Infinity],
    [[1, -Infinity, 1], -Infinity],
    [[Infinity, -Infinity], NaN],
    [[1, NaN, 2], NaN],
    [[1.7e308, 1.7e308], Infinity],
  ];
  for (const [values, sum] of cases) {
    it(`of [${values.join(', ')}] is ${sum}`, () => {
      expect(sumOf(values)).to.deep.equal(sum);
    });
  }

  it('stays within its bound of the exact sum, however badly the values cancel', () => {
    const term = fc.oneof(
      fc.double({ noNaN: true, min: -1e300, max: 1e300 }),
      fc.double({ noNaN: true, min: -1, max: 1 }),
      fc.constantFrom(1e16, -1e16, 1, -1, 1e100, -1e100),
    );
    fc.assert(
      fc.property(fc.array(term, { maxLength: 50 }), (values) => {
        const terms = values.map(exact);
        const reference = terms.reduce((sum, next) => sum + next, 0n);
        const sizes = terms.reduce((sum, next) => sum + size(next), 0n);
        const count = BigInt(values.length);
        const bound = size(reference) / 2n ** 52n + (count * count * sizes) / 2n ** 104n + 1n;
        expect(size(exact(sumOf(values)) - reference) <= bound).to.equal(true);
      }),
      { numRuns: 500 },
    );
  });
});
