import { expect } from 'chai';
import fc from 'fast-check';
import { CoreLoad, shardsForLoad } from '../../src/capture/shard-choice.ts';

describe('how many tsharks share live packets', () => {
  for (const [peakCores, cores, shards] of [
    [0, 8, 1],
    [0.6, 8, 1],
    [0.61, 8, 2],
    [1, 8, 2],
    [1.9, 8, 4],
    [1.9, 2, 2],
    [1, 1, 1],
  ] as const) {
    it(`${shards} where ${peakCores} of ${cores} cores were busy`, () => {
      expect(shardsForLoad(peakCores, cores)).to.equal(shards);
    });
  }

  it('never more than there are cores, and never fewer for more load', () => {
    const load = fc.double({ min: 0, max: 64, noNaN: true });
    fc.assert(
      fc.property(load, load, fc.integer({ min: 1, max: 64 }), (one, other, cores) => {
        const [less, more] = [one, other].sort((a, b) => a - b) as [number, number];
        expect(shardsForLoad(less, cores)).to.be.within(1, cores);
        expect(shardsForLoad(more, cores)).to.be.at.least(shardsForLoad(less, cores));
      }),
    );
  });

  it('by the most that was busy for five seconds on end', () => {
    const load = new CoreLoad();
    const told = [0, 0.9, 1.8, 2.7, 3.6].map((cpuSeconds, second) => {
      load.add(second * 1000, cpuSeconds);
      return load.peakCores;
    });
    expect(told).to.deep.equal([0, 0, 0, 0, 0]);
    load.add(5000, 4.5);
    expect(load.peakCores).to.be.closeTo(0.9, 1e-9);
    for (let second = 6; second < 20; second++) load.add(second * 1000, 4.5);
    expect(load.peakCores).to.be.closeTo(0.9, 1e-9);
  });

  it('takes one that was started anew for no load', () => {
    const load = new CoreLoad();
    for (let second = 0; second < 10; second++) load.add(second * 1000, second < 5 ? 100 : second / 10);
    expect(load.peakCores).to.be.closeTo(0, 0.11);
  });
});
