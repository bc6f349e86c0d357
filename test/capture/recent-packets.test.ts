import { expect } from 'chai';
import fc from 'fast-check';
import type { PacketBatch } from '../../src/capture/packet-batch.ts';
import { RecentPackets } from '../../src/capture/recent-packets.ts';

function batch(packets: number, byteLength: number): PacketBatch {
  const times = { firstTimeNs: 0, lastTimeNs: 0, maxTimeNs: 0 };
  return { descriptions: [], blocks: [], byteLength, packets, capturedBytes: 0, ...times };
}

describe('the latest packets', () => {
  it('are as many whole batches as there is room for, the last ones, in order', () => {
    const sizes = fc.array(fc.tuple(fc.nat(3), fc.nat(50)));
    fc.assert(
      fc.property(sizes, fc.nat(200), (all, room) => {
        const recent = new RecentPackets(room);
        const added: { first: number; batch: PacketBatch }[] = [];
        let next = 0;
        for (const [packets, bytes] of all) {
          const one = batch(packets, bytes);
          recent.add(next, one);
          if (packets > 0) added.push({ first: next, batch: one });
          next += packets;
        }
        let [from, bytes] = [added.length, 0];
        while (from > 0 && bytes + added[from - 1]!.batch.byteLength <= room) {
          from -= 1;
          bytes += added[from]!.batch.byteLength;
        }
        // Empty ones before the room's end stay out with what is before them.
        const kept = recent.batches();
        expect(added.slice(added.length - kept.length).map((each) => each.batch)).to.deep.equal([...kept]);
        expect(kept.reduce((sum, { byteLength }) => sum + byteLength, 0)).to.equal(bytes);
        expect(recent.first).to.equal(
          kept.length === 0 ? undefined : added[added.length - kept.length]!.first,
        );
      }),
    );
  });

  it('are none after they were cleared', () => {
    const recent = new RecentPackets(100);
    recent.add(0, batch(3, 60));
    recent.clear();
    expect(recent.first).to.equal(undefined);
    recent.add(3, batch(3, 60));
    expect(recent.first).to.equal(3);
  });
});
