import { expect } from 'chai';
import fc from 'fast-check';
import { parseByteSize } from '../../src/cli/byte-size.ts';
import { parseFlowShare } from '../../src/cli/flow-share.ts';
import { parseIdleTime, positiveDuration } from '../../src/cli/idle-time.ts';
import { parseRingLimits } from '../../src/cli/ring-limits.ts';
import { RttsharkError } from '../../src/errors.ts';

/** A reader's right texts with what they mean, and wrong ones with what the message or hint says. */
function describeReader(
  name: string,
  read: (text: string) => unknown,
  accepted: readonly (readonly [text: string, value: unknown])[],
  refused: readonly (readonly [text: string, words: string])[],
): void {
  describe(name, () => {
    for (const [text, value] of accepted) {
      it(`reads "${text}"`, () => {
        expect(read(text)).to.deep.equal(value);
      });
    }
    for (const [text, words] of refused) {
      it(`refuses "${text}"`, () => {
        const error = thrown(() => read(text));
        expect(error).to.be.instanceOf(RttsharkError).with.property('code', 'usage');
        expect(`${error.message} ${error.hint ?? ''}`).to.include(words);
      });
    }
  });
}

function thrown(run: () => unknown): RttsharkError {
  try {
    run();
  } catch (error) {
    return error as RttsharkError;
  }
  throw new Error('Nothing was thrown.');
}

describeReader(
  'cli/byte-size',
  parseByteSize,
  [
    ['100MB', 100_000_000],
    ['100M', 100_000_000],
    ['100 mb', 100_000_000],
    ['100MiB', 104_857_600],
    ['100Mi', 104_857_600],
    ['512k', 512_000],
    ['512KiB', 524_288],
    ['1.5GB', 1_500_000_000],
    ['2TiB', 2_199_023_255_552],
    ['4096', 4096],
    [' 12B ', 12],
  ],
  [
    ['', '"" is not a size'],
    ['0', 'above zero'],
    ['0.1', 'above zero'],
    ['-1MB', '"-1MB" is not a size'],
    ['MB', 'a number'],
    ['1e6', 'as in 100MB'],
    ['1XB', 'kB, MB, GB'],
    ['1iB', 'KiB, MiB'],
    ['99999TB', 'is not a size'],
  ],
);

describe('cli/byte-size', () => {
  it('is the number of bytes times the unit', () => {
    const unit = fc.constantFrom<[string, number]>(['', 1], ['kB', 1e3], ['MiB', 2 ** 20], ['G', 1e9]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9000 }), unit, (count, [name, bytes]) => {
        expect(parseByteSize(`${count}${name}`)).to.equal(count * bytes);
      }),
    );
  });
});

describeReader(
  'cli/ring-limits',
  parseRingLimits,
  [
    ['filesize:100MB,files:10', { fileBytes: 100_000_000, files: 10 }],
    ['duration:1h,files:24', { durationSeconds: 3600, files: 24 }],
    ['files:3, filesize: 512KiB , duration:60', { files: 3, fileBytes: 524_288, durationSeconds: 60 }],
    ['filesize:1GB', { fileBytes: 1_000_000_000 }],
  ],
  [
    ['', '"" is no value for --ring'],
    ['files:10', 'filesize: or duration:'],
    ['filesize:1000', 'needs its unit'],
    ['filesize:1MB,filesize:2MB', '--ring names "filesize" twice'],
    ['filesize:huge', '"huge" is not a size'],
    ['filesize:1MB,files:0', '"files:0"'],
    ['filesize:1MB,files:1.5', 'whole number above zero'],
    ['duration:0', 'above zero'],
    ['duration:soon', '"soon" is not a duration'],
    ['packets:1000', '"packets:1000"'],
    ['constructor:1', 'filesize:, duration: and files:'],
    ['filesize=1MB', 'as in filesize:100MB,files:10'],
    ['filesize:1MB,', '"" is no value'],
  ],
);

describeReader(
  'cli/flow-share',
  parseFlowShare,
  [
    ['1/8', { numerator: 1, denominator: 8 }],
    [' 3 / 4 ', { numerator: 3, denominator: 4 }],
    ['1/1', { numerator: 1, denominator: 1 }],
    ['1/1024', { numerator: 1, denominator: 1024 }],
  ],
  [
    ['', '"" is no value for --sample'],
    ['0/8', 'as in 1/8'],
    ['9/8', 'as in 1/8'],
    ['1/0', 'as in 1/8'],
    ['1/1025', 'up to 1024'],
    ['0.125', '"0.125"'],
    ['12.5%', '"12.5%"'],
    ['-1/8', '"-1/8"'],
  ],
);

describeReader(
  'cli/idle-time',
  (text) => parseIdleTime('expire', text),
  [
    ['1h', 3600],
    ['90', 90],
    ['never', Infinity],
  ],
  [
    ['0', '"0" is no value for --expire'],
    ['Never', 'or never'],
    ['', 'as in 1h'],
  ],
);

describeReader(
  'cli/idle-time: positiveDuration',
  (text) => positiveDuration('interval', text),
  [
    ['15s', 15],
    ['250ms', 0.25],
  ],
  [
    ['0s', '"0s" is no value for --interval'],
    ['-1s', 'above zero, as in 15s'],
  ],
);
