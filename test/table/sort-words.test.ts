import { expect } from 'chai';
import { floatWords, int64Words } from '../../src/table/sort-words.ts';

/** The words of each row as one number that compares as they do. */
function joined([lows, highs]: readonly Uint32Array[]): bigint[] {
  return Array.from(lows!, (low, row) => (BigInt(highs![row]!) << 32n) | BigInt(low));
}

describe('sort words', () => {
  it('tell neighbouring doubles apart, on both sides of zero', () => {
    const rising = [-Infinity, -1 - 2 ** -52, -1, -5e-324, 0, 5e-324, 1, 1 + 2 ** -52, Infinity, NaN];
    const words = joined(floatWords(rising));
    for (const [row, word] of words.entries()) {
      if (row > 0) expect(word > words[row - 1]!, `${rising[row]} after ${rising[row - 1]}`).to.equal(true);
    }
  });

  it('are the same for both zeros, and for every NaN', () => {
    // Which sign the NaN of a calculation has is up to the processor.
    const nans = new Float64Array(
      new BigUint64Array([0x7ff8n << 48n, 0xfff8n << 48n, (0x7ff8n << 48n) + 1n]).buffer,
    );
    expect(new Set(joined(floatWords(nans))).size).to.equal(1);
    expect(new Set(joined(floatWords([0, -0]))).size).to.equal(1);
    expect(joined(floatWords([nans[1]!]))[0]! > joined(floatWords([Infinity]))[0]!).to.equal(true);
  });

  it('leave the values that they are of alone', () => {
    const values = new BigInt64Array([-1n, 1n]);
    int64Words(values);
    expect([...values]).to.deep.equal([-1n, 1n]);
  });
});
