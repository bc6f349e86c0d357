import { expect } from 'chai';
import fc from 'fast-check';
import { laneWork, sharedWork } from '../../src/capture/lane-work.ts';

const limits = { packetsPerTshark: 1_000, overlapPackets: 100 };

describe('the work of a lane', () => {
  it('is the share of the packets that were met, where one tshark reads all', () => {
    expect(laneWork({ met: 250, ownShare: 0.5, followers: 0 }, 1_000, { overlapPackets: 100 })).to.equal(
      0.25,
    );
    expect(laneWork({ met: 2_000, ownShare: 0.5, followers: 0 }, 2_000, limits)).to.equal(1);
  });

  it('has the overlaps in it that are still to come', () => {
    // Three tsharks for 2,500 own packets: two overlaps.
    expect(laneWork({ met: 1_000, ownShare: 1, followers: 0 }, 2_500, limits)).to.be.closeTo(
      1000 / 2700,
      1e-9,
    );
  });

  it('goes on evenly through an overlap, and ends with all', () => {
    const total = 2_500;
    let latest = 0;
    for (let [given, followers] = [0, 0]; given < total; given += 1_000, followers += 1) {
      const from = followers === 0 ? 0 : given - limits.overlapPackets;
      for (let met = from; met <= Math.min(total, given + 1_000); met += 100) {
        const work = laneWork({ met, ownShare: 1, followers }, total, limits);
        expect(work - latest).to.be.within(0, 100 / total);
        latest = work;
      }
    }
    expect(latest).to.equal(1);
  });

  it('is none before anything is known', () => {
    expect(laneWork({ met: 10, ownShare: 0, followers: 0 }, 1_000, limits)).to.equal(0);
  });

  it('is all once there are more tsharks than were expected and all is met', () => {
    expect(laneWork({ met: 900, ownShare: 1, followers: 2 }, 900, limits)).to.equal(1);
  });
});

describe('the work that lanes share', () => {
  it('is between the least and the mean share, and all when all is done', () => {
    const works = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(works, (shares) => {
        const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
        expect(sharedWork(shares)).to.be.within(Math.min(...shares) - 1e-12, mean + 1e-12);
      }),
    );
    expect(sharedWork([1, 1, 1])).to.equal(1);
    expect(sharedWork([])).to.equal(0);
  });
});
