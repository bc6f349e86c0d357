import { expect } from 'chai';
import fc from 'fast-check';
import { Overlap } from '../../src/capture/overlap.ts';

/** Both give rows for packets 0, 1, 2, … as far as they are; the new one gives others up to `agreesFrom`. */
function feed(overlap: Overlap, from: number, to: number, { agreesFrom = 0, newUpTo = to } = {}): void {
  for (let packet = from; packet < to; packet++) {
    overlap.add('old', [packet], [packet / 8]);
    if (packet < newUpTo) overlap.add('new', [packet], [packet < agreesFrom ? -1 : packet / 8]);
  }
}

describe('an overlap of two tsharks', () => {
  it('is over when both gave the same rows throughout its second half', () => {
    const overlap = new Overlap();
    feed(overlap, 0, 50, { agreesFrom: 30 });
    expect(overlap.trustedFrom).to.equal(Infinity);
    expect(overlap.verdict({ share: 0.4, nextPacket: 40 })).to.equal(null);
    expect(overlap.verdict({ share: 0.5, nextPacket: 50 })).to.equal(null);
    expect(overlap.trustedFrom).to.equal(50);
    feed(overlap, 50, 100);
    expect(overlap.verdict({ share: 0.99, nextPacket: 99 })).to.equal(null);
    expect(overlap.verdict({ share: 1, nextPacket: 100 })).to.deep.equal({ differences: 0 });
  });

  it('goes on for another half where they differ, and in the end says in how many rows', () => {
    const overlap = new Overlap();
    overlap.verdict({ share: 0.5, nextPacket: 0 });
    feed(overlap, 0, 50, { agreesFrom: 10 });
    expect(overlap.verdict({ share: 1, nextPacket: 50 })).to.equal(null);
    expect(overlap.trustedFrom).to.equal(50);
    feed(overlap, 50, 100);
    expect(overlap.verdict({ share: 1.4, nextPacket: 90 })).to.equal(null);
    expect(overlap.verdict({ share: 1.5, nextPacket: 100 })).to.deep.equal({ differences: 0 });

    const never = new Overlap();
    never.verdict({ share: 0.5, nextPacket: 0 });
    feed(never, 0, 50, { agreesFrom: 7 });
    expect(never.verdict({ share: 6, nextPacket: 50 })).to.deep.equal({ differences: 7 });
  });

  it('waits for one that is behind, and compares what both have', () => {
    const overlap = new Overlap();
    feed(overlap, 0, 50);
    overlap.verdict({ share: 0.5, nextPacket: 50 });
    feed(overlap, 50, 100, { newUpTo: 50 });
    expect(overlap.verdict({ share: 1, nextPacket: 100 })).to.equal(null);
    overlap.add('new', [50, 51], [50 / 8, 51 / 8]);
    expect(overlap.verdict({ share: 1.1, nextPacket: 100 })).to.deep.equal({ differences: 0 });
  });

  it('waits longer where there are no rows to compare, but not for ever', () => {
    const overlap = new Overlap();
    overlap.verdict({ share: 0.5, nextPacket: 10 });
    expect(overlap.verdict({ share: 1.5, nextPacket: 50 })).to.equal(null);
    expect(overlap.verdict({ share: 2, nextPacket: 60 })).to.deep.equal({ differences: 0 });
  });

  it('counts rows that one of them has, or has otherwise', () => {
    const rows = fc.uniqueArray(fc.tuple(fc.nat(60), fc.integer({ min: 0, max: 2 })), {
      selector: ([at]) => at,
    });
    fc.assert(
      fc.property(rows, rows, (olds, news) => {
        const overlap = new Overlap();
        overlap.verdict({ share: 0.5, nextPacket: 0 });
        for (const [of, of_] of [
          ['old', olds],
          ['new', news],
        ] as const) {
          const sorted = [...of_, [1000, 7] as const].sort(([a], [b]) => a - b);
          overlap.add(
            of,
            sorted.map(([at]) => at),
            sorted.map(([, value]) => value),
          );
        }
        const [a, b] = [new Map(olds), new Map(news)];
        const expected = [...new Set([...a.keys(), ...b.keys()])].filter((at) => a.get(at) !== b.get(at));
        expect(overlap.verdict({ share: 6, nextPacket: 2000 })).to.deep.equal({
          differences: expected.length,
        });
      }),
    );
  });
});
