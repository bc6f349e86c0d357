import { expect } from 'chai';
import { Lag } from '../../src/live/lag.ts';
import { fromRows } from '../../src/table/from-rows.ts';

const rowsAt = (...seconds: number[]) =>
  fromRows(
    { 'frame.time_epoch': 'time' },
    seconds.map((time) => ({ 'frame.time_epoch': BigInt(time * 1000) * 1_000_000n })),
  );

describe('live: lag', () => {
  it('is that of the latest row; the worst is that of the first of its chunk', () => {
    const lag = new Lag();
    expect([lag.lastSeconds, lag.worstSeconds]).to.deep.equal([null, null]);
    lag.add(rowsAt(1000, 1003), 1_004_000);
    expect([lag.lastSeconds, lag.worstSeconds]).to.deep.equal([1, 4]);
    lag.add(rowsAt(1005), 1_005_500);
    expect([lag.lastSeconds, lag.worstSeconds]).to.deep.equal([0.5, 4]);
  });

  it('is zero for packets that come from the future, as after a clock was set back', () => {
    const lag = new Lag();
    lag.add(rowsAt(1010), 1_000_000);
    expect([lag.lastSeconds, lag.worstSeconds]).to.deep.equal([0, 0]);
  });

  it('is not told of a capture of the past', () => {
    const lag = new Lag();
    lag.add(rowsAt(10), 1_000_000);
    lag.add(rowsAt(999), 1_000_000);
    expect([lag.lastSeconds, lag.worstSeconds]).to.deep.equal([null, null]);
  });
});
