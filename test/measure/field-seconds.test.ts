import { expect } from 'chai';
import fc from 'fast-check';
import { fieldSeconds } from '../../src/measure/field-seconds.ts';

describe('the seconds of a field', () => {
  it('are the double nearest to the decimal fraction, whatever the field counts', () => {
    const digits = fc.tuple(fc.nat({ max: 999_999 }), fc.nat({ max: 999_999_999 }));
    fc.assert(
      fc.property(digits, ([whole, fraction]) => {
        const text = `${whole}.${String(fraction).padStart(9, '0')}`;
        // Written out with all its zeros, so that nothing but the reading of one number rounds.
        const shifted = (places: number) => {
          const all = `${'0'.repeat(places)}${whole}`;
          return Number(`${all.slice(0, -places)}.${all.slice(-places)}${String(fraction).padStart(9, '0')}`);
        };
        expect(fieldSeconds(text, 'seconds')).to.equal(Number(text));
        expect(fieldSeconds(text, 'milliseconds')).to.equal(shifted(3));
        expect(fieldSeconds(text, 'microseconds')).to.equal(shifted(6));
        expect(fieldSeconds(text, 'nanoseconds')).to.equal(shifted(9));
      }),
    );
  });

  it('are those of a number with an exponent too', () => {
    expect(fieldSeconds('1.5e-05', 'milliseconds')).to.equal(1.5e-8);
    expect(fieldSeconds('2E+3', 'nanoseconds')).to.equal(2e-6);
  });

  for (const text of ['', ' ', 'soon', '0x10', '1,2', 'NaN', 'inf', '1e400']) {
    it(`are none for "${text}"`, () => {
      expect(fieldSeconds(text, 'seconds')).to.equal(null);
    });
  }
});
