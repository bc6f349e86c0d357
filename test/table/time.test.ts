import { expect } from 'chai';
import fc from 'fast-check';
import { epochSecondsOf, formatEpochSeconds, parseEpochTime } from '../../src/table/time.ts';
import { anyValue } from './arbitrary.ts';

describe('time', () => {
  const read: [text: string, nanoseconds: bigint | null][] = [
    ['1795359084.740123456', 1795359084740123456n],
    ['1795359084.74', 1795359084740000000n],
    ['1795359084', 1795359084000000000n],
    ['0', 0n],
    ['0.000000001', 1n],
    ['-0.5', -500000000n],
    ['-1.000000001', -1000000001n],
    ['007.5', 7500000000n],
    ['9223372036.854775807', 2n ** 63n - 1n],
    ['-9223372036.854775808', -(2n ** 63n)],
    ['9223372036.854775808', null],
    ['-9223372036.854775809', null],
    ['99999999999999999999999', null],
    ['9'.repeat(400), null],
    ['', null],
    ['-', null],
    ['.', null],
    ['.5', null],
    ['-.5', null],
    ['5.', null],
    ['1.0000000001', null],
    ['+1', null],
    ['--1', null],
    [' 1', null],
    ['1 ', null],
    ['1.5 ', null],
    ['1e9', null],
    ['1.5e3', null],
    ['1,5', null],
    ['1.2.3', null],
    ['1.-5', null],
    ['NaN', null],
    ['Infinity', null],
    ['٣', null],
    ['Nov 22, 2026 16:58:04.740123456 UTC', null],
  ];
  for (const [text, nanoseconds] of read) {
    it(`reads "${text}" as ${nanoseconds === null ? 'no time' : `${nanoseconds} ns`}`, () => {
      expect(parseEpochTime(text)).to.equal(nanoseconds);
    });
  }

  it('reads any number of digits up to nine as a decimal fraction', () => {
    const digits = fc.string({
      unit: fc.integer({ min: 0, max: 9 }).map(String),
      minLength: 1,
      maxLength: 9,
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9e9 }), digits, fc.boolean(), (seconds, fraction, negative) => {
        const size = BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
        const text = `${negative ? '-' : ''}${seconds}.${fraction}`;
        expect(parseEpochTime(text)).to.equal(negative ? -size : size);
      }),
    );
  });

  it('reads every time again that it wrote', () => {
    fc.assert(
      fc.property(anyValue.time, (time) => {
        const text = formatEpochSeconds(time);
        expect(text).to.match(/^-?\d+\.\d{9}$/);
        expect(parseEpochTime(text)).to.equal(time);
      }),
    );
  });

  it('writes negative times and those below a second', () => {
    expect(formatEpochSeconds(0n)).to.equal('0.000000000');
    expect(formatEpochSeconds(1n)).to.equal('0.000000001');
    expect(formatEpochSeconds(-500000000n)).to.equal('-0.500000000');
    expect(formatEpochSeconds(1795359084740123456n)).to.equal('1795359084.740123456');
  });

  it('gives the double that is nearest to the decimal number', () => {
    expect(epochSecondsOf(1795359084740000000n)).to.equal(1795359084.74);
    // A double of the nanoseconds, divided by 1e9, rounds twice and gives 1795445095.7596898.
    expect(epochSecondsOf(1795445095759689600n)).to.equal(1795445095.7596896);
    fc.assert(
      fc.property(anyValue.time, (time) => {
        const nearest = epochSecondsOf(time);
        expect(nearest).to.equal(Number(`${time}e-9`));
      }),
    );
  });
});
