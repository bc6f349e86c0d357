import { expect } from 'chai';
import fc from 'fast-check';
import { RttsharkError } from '../../src/errors.ts';
import { formatDuration, parseDuration } from '../../src/measure/duration.ts';

describe('measure/duration', () => {
  describe('parseDuration', () => {
    const accepted: [text: string, seconds: number][] = [
      ['50ms', 0.05],
      ['50 ms', 0.05],
      [' 3ms ', 0.003],
      ['1.5s', 1.5],
      ['.5s', 0.5],
      ['5.s', 5],
      ['250us', 0.00025],
      ['250\u00b5s', 0.00025],
      ['250\u03bcs', 0.00025],
      ['800ns', 8e-7],
      ['2m', 120],
      ['1.5min', 90],
      ['1h', 3600],
      ['1.5 h', 5400],
      ['7d', 604_800],
      ['0.25', 0.25],
      ['1e-3', 0.001],
      ['1e3ms', 1],
      ['0', 0],
    ];
    for (const [text, seconds] of accepted) {
      it(`reads "${text}"`, () => {
        expect(parseDuration(text)).to.equal(seconds);
      });
    }

    for (const text of [
      '',
      'ms',
      '.',
      '-1ms',
      '+1ms',
      '5MS',
      '5 lightyears',
      '1,5ms',
      '5ms5',
      'NaN',
      '1e999s',
      '0x10',
    ]) {
      it(`refuses "${text}", naming it and what is accepted`, () => {
        expect(() => parseDuration(text))
          .to.throw(RttsharkError, `"${text}" is not a duration`)
          .that.includes({ code: 'usage' })
          .with.property('hint')
          .that.matches(/ns, us, ms, s, min, h or d\).*number of seconds/);
      });
    }
  });

  describe('formatDuration', () => {
    const written: [seconds: number, text: string][] = [
      [8.12e-7, '812 ns'],
      [5e-9, '5.00 ns'],
      [2.5e-10, '0.25 ns'],
      [5.23e-5, '52.3 \u00b5s'],
      [0.00124, '1.24 ms'],
      [2.05, '2.05 s'],
      [0, '0 s'],
      [1e-20, '0 s'],
      [125.4, '125 s'],
      [1e-6, '1.00 \u00b5s'],
      [0.9994e-6, '999 ns'],
      [0.9996e-6, '1.00 \u00b5s'],
      [0.0009996, '1.00 ms'],
      [0.99951, '1.00 s'],
      [9.995, '9.99 s'],
      [-0.00124, '-1.24 ms'],
    ];
    for (const [seconds, text] of written) {
      it(`writes ${seconds} as ${text}`, () => {
        expect(formatDuration(seconds, { unicode: true })).to.equal(text);
        expect(formatDuration(seconds, { unicode: false })).to.equal(text.replace('\u00b5', 'u'));
      });
    }

    it('writes limits as they were given, where zeros are trimmed', () => {
      const exactly = { unicode: true, digits: 15, trimZeros: true };
      expect(formatDuration(0.05, exactly)).to.equal('50 ms');
      expect(formatDuration(0.012345678, exactly)).to.equal('12.345678 ms');
      expect(formatDuration(100, exactly)).to.equal('100 s');
      expect(formatDuration(0.001 * 1.1, exactly)).to.equal('1.1 ms');
    });

    it('comes near the value again when it is read back', () => {
      const nanosecondToHours = fc.double({ min: 1e-9, max: 99_000, noNaN: true });
      fc.assert(
        fc.property(nanosecondToHours, fc.boolean(), (seconds, unicode) => {
          expect(parseDuration(formatDuration(seconds, { unicode }))).to.be.closeTo(
            seconds,
            seconds * 0.00501,
          );
        }),
      );
    });

    it('never needs more than three digits below 1000 s', () => {
      fc.assert(
        fc.property(fc.double({ min: 1e-9, max: 999, noNaN: true }), (seconds) => {
          expect(formatDuration(seconds, { unicode: true })).to.match(
            /^(?:\d\.\d\d|\d\d\.\d|\d\d\d) (?:ns|\u00b5s|ms|s)$/,
          );
        }),
      );
    });
  });
});
