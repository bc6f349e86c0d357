import { expect } from 'chai';
import fc from 'fast-check';
import { nanosecondsOf } from '../../src/measure/nanoseconds.ts';
import { ValueBlocks } from '../../src/measure/value-blocks.ts';

const nanoseconds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const printed = nanoseconds.map((whole) => whole / 1e9);
const other = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(-0, -1e-9, 2 ** 32 / 1e9, 5.000000001, 1.5e-9, 5e-324),
);

function filled(values: readonly number[]): ValueBlocks {
  const blocks = new ValueBlocks();
  const half = Math.floor(values.length / 2);
  for (const value of values.slice(0, half)) blocks.add(value);
  blocks.addRows(
    values,
    Uint32Array.from(values.keys()).filter((row) => row >= half),
  );
  return blocks;
}

describe('values in blocks', () => {
  const mixed = fc.oneof(
    fc.array(printed, { maxLength: 200 }),
    fc.array(other, { maxLength: 50 }),
    fc.array(fc.oneof({ weight: 9, arbitrary: printed }, other), { maxLength: 200 }),
  );

  it('come back as they were, in their order', () => {
    fc.assert(
      fc.property(mixed, (values) => {
        const blocks = filled(values);
        expect(blocks.count).to.equal(values.length);
        const taken = [...blocks.take()].flatMap((block) => [...block]);
        expect(taken.length).to.equal(values.length);
        for (const [at, value] of values.entries())
          expect(Object.is(taken[at], value), `${value}`).to.equal(true);
        expect(blocks.count).to.equal(0);
      }),
    );
  });

  it('are sorted as they are, and added up in the order in which they came', () => {
    fc.assert(
      fc.property(mixed, (values) => {
        const { sorted, runningSum } = filled(values).takeSorted();
        expect(runningSum).to.equal(values.reduce((sum, value) => sum + value, 0));
        const expected = Float64Array.from(values).sort();
        expect(sorted.count).to.equal(expected.length);
        expect(sorted.values.every((value, at) => Object.is(value, expected[at]))).to.equal(true);
        for (const value of values.slice(0, 5)) {
          expect(sorted.countAtMost(value)).to.equal(values.filter((each) => each <= value).length);
          expect(sorted.countBelow(value)).to.equal(values.filter((each) => each < value).length);
        }
      }),
    );
  });

  it('are whole nanoseconds where these give the same value again, and only there', () => {
    fc.assert(
      fc.property(nanoseconds, (whole) => {
        expect(nanosecondsOf(whole / 1e9)).to.equal(whole);
        expect(
          nanosecondsOf(Number(`${Math.floor(whole / 1e9)}.${String(whole % 1e9).padStart(9, '0')}`)),
        ).to.equal(whole);
      }),
    );
    fc.assert(
      fc.property(other, (value) => {
        const whole = nanosecondsOf(value);
        if (whole !== -1) expect(Object.is(whole / 1e9, value)).to.equal(true);
      }),
    );
    for (const value of [NaN, Infinity, -Infinity, -0, -1, 4.294967296])
      expect(nanosecondsOf(value)).to.equal(-1);
    expect(nanosecondsOf(4.294967295)).to.equal(2 ** 32 - 1);
  });
});
