import { expect } from 'chai';
import { PacketClock } from '../../src/capture/packet-clock.ts';

/** Seconds that went by, as these moments of packets tell it. */
function elapsed(...moments: (readonly [first: number, last: number])[]): number {
  const clock = new PacketClock();
  for (const [first, last] of moments) clock.add({ firstTimeNs: first * 1e9, lastTimeNs: last * 1e9 });
  return clock.elapsedSeconds;
}

describe('the clock of packets', () => {
  it('goes with their time', () => {
    expect(elapsed()).to.equal(0);
    expect(elapsed([10, 10])).to.equal(0);
    expect(elapsed([10, 10.5], [11, 11.25])).to.equal(1.25);
  });

  it('goes on where theirs is set back', () => {
    expect(elapsed([10, 10.5], [3, 3.5], [4, 4])).to.equal(1.5);
  });

  it('does not leap with theirs', () => {
    expect(elapsed([10, 10.5], [7200, 7200.5])).to.equal(2);
  });

  it('takes no notice of batches without packets', () => {
    expect(elapsed([10, 10.5], [NaN, NaN], [11, 11])).to.equal(1);
  });
});
