import { expect } from 'chai';
import fc from 'fast-check';
import { SentBytes } from '../../src/measure/sent-bytes.ts';

describe('sent sequence numbers', () => {
  it('tell a segment that was sent again as comparing it with all others does, also where they begin anew', () => {
    const segments = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 12 })));
    fc.assert(
      fc.property(segments, fc.constantFrom(0, 5000, 2 ** 32 - 30), (list, first) => {
        const sent = new SentBytes();
        const told = list.map(([start, length], frame) =>
          sent.send(frame, (first + start) % 2 ** 32, length),
        );
        const expected = list.map(([start, length], at) =>
          list.some(
            ([other, otherLength], i) => i !== at && start < other + otherLength && other < start + length,
          ),
        );
        expect(told.map(({ sentAgain }) => sentAgain)).to.deep.equal(expected);
      }),
    );
  });

  it('wait for an ACK until one comes for them or what follows them', () => {
    const sent = new SentBytes();
    const [one, two, three] = [sent.send(1, 0, 10), sent.send(2, 10, 10), sent.send(3, 20, 10)];
    expect(sent.acknowledge(two)).to.deep.equal([one, two]);
    sent.send(4, 0, 25);
    expect(three.sentAgain).to.equal(true);
    expect(two.sentAgain).to.equal(false);
  });
});
