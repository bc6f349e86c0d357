import { expect } from 'chai';
import { nearestNames } from '../src/nearest.ts';

const fields = [
  'tcp.srcport',
  'tcp.dstport',
  'tcp.port',
  'tcp.stream',
  'udp.srcport',
  'tcp.analysis.ack_rtt',
];

describe('nearest names', () => {
  for (const [wrong, expected] of [
    ['tcp.srcprt', ['tcp.srcport', 'udp.srcport']],
    ['TCP.STREAM', ['tcp.stream']],
    ['ack_rtt', ['tcp.analysis.ack_rtt']],
    ['tcp.analysis.ack_rt', ['tcp.analysis.ack_rtt']],
    ['nothing.like.it', []],
    ['', []],
    ['x', []],
  ] as const) {
    it(`of "${wrong}" are ${expected.length === 0 ? 'none' : expected.join(', ')}`, () => {
      expect(nearestNames(wrong, fields)).to.deep.equal(expected);
    });
  }

  it('gives the nearest first, and equally near ones in order of the alphabet', () => {
    expect(nearestNames('abcdef', ['abcdxy', 'abcdez', 'abcdea', 'abcdef'], 9)).to.deep.equal([
      'abcdef',
      'abcdea',
      'abcdez',
      'abcdxy',
    ]);
  });

  it('puts names that only hold the wrong one last, the shortest first', () => {
    expect(nearestNames('port', ['udp.srcport', 'tcp.port', 'sort'])).to.deep.equal([
      'sort',
      'tcp.port',
      'udp.srcport',
    ]);
  });

  it('gives three unless told otherwise', () => {
    const known = ['aaaa', 'aaab', 'aaac', 'aaad'];
    expect(nearestNames('aaaa', known)).to.have.length(3);
    expect(nearestNames('aaaa', known, 1)).to.deep.equal(['aaaa']);
  });
});
