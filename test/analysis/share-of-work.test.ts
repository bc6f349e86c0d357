import { expect } from 'chai';
import fc from 'fast-check';
import { shareOfWork } from '../../src/analysis/share-of-work.ts';

const reading = (bytesRead: number | undefined, bytesTotal: number | undefined, share?: number) => ({
  bytesRead,
  bytesTotal,
  rows: 0,
  share,
});

describe('the share of the work', () => {
  it('is that of the bytes, where nothing else is told', () => {
    const inputs = fc.array(fc.tuple(fc.nat(1e9), fc.nat(1e9)), { minLength: 1 });
    fc.assert(
      fc.property(inputs, (sizes) => {
        const readings = sizes.map(([a, b]) => reading(Math.min(a, b), Math.max(a, b) + 1));
        const all = readings.reduce((sum, { bytesTotal = 0 }) => sum + bytesTotal, 0);
        const read = readings.reduce((sum, { bytesRead = 0 }) => sum + bytesRead, 0);
        expect(shareOfWork(readings)).to.be.closeTo(read / all, 1e-12);
      }),
    );
  });

  it('counts what a reading tells itself by the size of its input', () => {
    expect(shareOfWork([reading(0, 300, 0.5), reading(100, 100)])).to.equal(0.625);
  });

  it('is never more than all, where more is read than there was', () => {
    expect(shareOfWork([reading(120, 100)])).to.equal(1);
  });

  it('is not told where one of them cannot tell', () => {
    expect(shareOfWork([])).to.equal(undefined);
    expect(shareOfWork([reading(10, 100), reading(10, undefined)])).to.equal(undefined);
    expect(shareOfWork([reading(10, 100), reading(undefined, 100)])).to.equal(undefined);
    expect(shareOfWork([reading(0, 0)])).to.equal(undefined);
  });
});
