import { expect } from 'chai';
import { RestartPause } from '../../src/capture/restart-pause.ts';

describe('the pause before a new start', () => {
  it('doubles up to its limit, and begins anew after a long run', () => {
    const pause = new RestartPause({ firstMs: 100, longestMs: 700, wellAfterMs: 1000 });
    const runs = [0, 999, 5, 0, 0, 1000, 0];
    expect(runs.map((ranForMs) => pause.nextMs(ranForMs))).to.deep.equal([100, 200, 400, 700, 700, 100, 200]);
  });

  it('is never longer than its limit', () => {
    const pause = new RestartPause({ firstMs: 100, longestMs: 30 });
    expect([0, 0, 1e9].map((ranForMs) => pause.nextMs(ranForMs))).to.deep.equal([30, 30, 30]);
  });
});
