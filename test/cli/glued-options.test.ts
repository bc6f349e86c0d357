import { expect } from 'chai';
import { withoutGluedOptions } from '../../src/cli/glued-options.ts';

describe('options with their values glued to them', () => {
  const cases: [argv: string[], apart: string[]][] = [
    [
      ['analyze', '-Ytcp.port==443', 'a.pcap'],
      ['analyze', '-Y', 'tcp.port==443', 'a.pcap'],
    ],
    [
      ['-c5', '-otcp.relative_sequence_numbers:FALSE', '-dtcp.port==80,http'],
      ['-c', '5', '-o', 'tcp.relative_sequence_numbers:FALSE', '-d', 'tcp.port==80,http'],
    ],
    [
      ['-Y', 'tcp', '-h', '--by=src', '-'],
      ['-Y', 'tcp', '-h', '--by=src', '-'],
    ],
    [
      ['-Ya\nb', '--', '-Yes.pcap'],
      ['-Y', 'a\nb', '--', '-Yes.pcap'],
    ],
    [[], []],
  ];
  for (const [argv, apart] of cases) {
    it(`of [${argv.join(' ')}] are taken apart`, () => {
      expect(withoutGluedOptions(argv)).to.deep.equal(apart);
    });
  }
});
