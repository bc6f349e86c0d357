import { expect } from 'chai';
import { LinkWatch } from '../../src/live/link-watch.ts';
import type { LinkState } from '../../src/tshark/link-state.ts';

describe('live: a link that is watched', () => {
  function watched() {
    const said: string[] = [];
    let state: LinkState = 'up';
    const watch = new LinkWatch({
      state: () => state,
      onDown: () => said.push('down'),
      onUp: (afterMs) => said.push(`up after ${afterMs}`),
    });
    const look = (nowMs: number, now: LinkState, capturing = true) => {
      state = now;
      watch.look(nowMs, capturing);
    };
    return { watch, said, look };
  }

  it('says once that it is down, and when it is up again', () => {
    const { watch, said, look } = watched();
    look(0, 'up');
    look(1000, 'down');
    expect(watch.isDown).to.equal(true);
    look(2000, 'down');
    expect(watch.gapSeconds(2500)).to.equal(1.5);
    look(3000, 'up');
    look(9000, 'up');
    expect(said).to.deep.equal(['down', 'up after 2000']);
    expect([watch.isDown, watch.gaps, watch.gapSeconds(9000)]).to.deep.equal([false, 1, 2]);
  });

  it('leaves to the capture what it counts itself', () => {
    const { watch, said, look } = watched();
    look(0, 'down', false);
    expect(watch.gaps).to.equal(0);
    look(1000, 'down');
    look(4000, 'down', false);
    look(9000, 'up');
    expect(said).to.deep.equal(['down']);
    expect([watch.gaps, watch.gapSeconds(9000)]).to.deep.equal([1, 3]);
  });

  it('takes what nobody knows for up', () => {
    const { watch, said, look } = watched();
    look(0, 'unknown');
    look(1000, 'down');
    look(2000, 'unknown');
    expect(said).to.deep.equal(['down', 'up after 1000']);
    expect(watch.isDown).to.equal(false);
  });
});
