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
    [
      ['live', '-ieth0', '-i', '-', '-ftcp port 80', '-s96', '-B8', '-yEN10MB', '--no-promiscuous-mode'],
      [
        'live',
        '-i',
        'eth0',
        '--interface=-',
        '-f',
        'tcp port 80',
        '-s',
        '96',
        '-B',
        '8',
        '-y',
        'EN10MB',
        '-p',
      ],
    ],
    [
      ['-p', '--', '--no-promiscuous-mode'],
      ['-p', '--', '--no-promiscuous-mode'],
    ],
    [[], []],
  ];
  for (const [argv, apart] of cases) {
    it(`of [${argv.join(' ')}] are taken apart`, () => {
      expect(withoutGluedOptions(argv)).to.deep.equal(apart);
    });
  }
});
