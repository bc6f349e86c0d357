import { expect } from 'chai';
import { isAtLeast, oldestSupported, parseToolVersion } from '../../src/tshark/version.ts';

function version(text: string) {
  const parsed = parseToolVersion(text);
  if (parsed === null) throw new Error(`"${text}" has no version`);
  return parsed;
}

describe('the version of a tool', () => {
  for (const [output, expected] of [
    ['TShark (Wireshark) 3.4.10 (Git v3.4.10 packaged as 3.4.10-0+deb11u1)\n\nCopyright', '3.4.10'],
    ['TShark (Wireshark) 4.0.17 (Git v4.0.17 packaged as 4.0.17-0+deb12u3).\n', '4.0.17'],
    ['TShark (Wireshark) 4.4.18.\n\nCopyright 1998-2025 Gerald Combs 5.5.5', '4.4.18'],
    ['TShark (Wireshark) 4.6.9.', '4.6.9'],
    ['TShark (Wireshark) 4.3.0rc1-123-g0123456789ab.\r\n', '4.3.0'],
    ['TShark (Wireshark) 4.2.', '4.2.0'],
    ['TShark 1.12.1 (Git Rev Unknown from unknown)', '1.12.1'],
    ['Dumpcap (Wireshark) 4.0.17 (Git v4.0.17).', '4.0.17'],
    ['tcpdump version 4.99.3\nlibpcap version 1.10.3', '4.99.3'],
    ['v10.20.30', '10.20.30'],
  ] as const) {
    it(`of "${output.split(/\r?\n/, 1)[0] ?? ''}" is ${expected}`, () => {
      expect(parseToolVersion(output)?.text).to.equal(expected);
    });
  }

  for (const junk of [
    '',
    'usage: something',
    'TShark (Wireshark)\n4.0.17',
    'version four',
    '2024',
    'tshark4.0.1',
  ]) {
    it(`is not in ${JSON.stringify(junk)}`, () => {
      expect(parseToolVersion(junk)).to.equal(null);
    });
  }

  it('is compared part by part, as numbers', () => {
    const inOrder = ['1.99.99', '3.4.0', '3.4.10', '3.10.2', '4.0.0', '4.0.17', '4.4.18', '10.0.0'];
    for (const [i, older] of inOrder.entries()) {
      for (const [j, newer] of inOrder.entries()) {
        expect(isAtLeast(version(older), newer), `${older} at least ${newer}`).to.equal(i >= j);
      }
    }
  });

  it('can be compared with fewer parts', () => {
    expect(isAtLeast(version('4.4.1'), '4.4')).to.equal(true);
    expect(isAtLeast(version('4.4.0'), '4.4')).to.equal(true);
    expect(isAtLeast(version('4.3.9'), '4.4')).to.equal(false);
    expect(isAtLeast(version('5.0.0'), '4')).to.equal(true);
  });

  it('knows the oldest one that is supported', () => {
    expect(isAtLeast(version('3.4.0'), oldestSupported)).to.equal(true);
    expect(isAtLeast(version('3.2.18'), oldestSupported)).to.equal(false);
  });
});
