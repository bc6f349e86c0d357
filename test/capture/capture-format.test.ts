import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { isKnownCapture, namesOtherFormat } from '../../src/capture/capture-format.ts';
import { fixture } from './fixtures.ts';

describe('the first bytes of a capture', () => {
  for (const name of [
    'ipv4.pcap',
    'big-endian.pcap',
    'nanoseconds.pcap',
    'big-endian-nanoseconds.pcap',
    'two-interfaces.pcapng',
    'ipv4.pcap.gz',
    'ipv4.pcap.zst',
    'ipv4.pcap.lz4',
    'cut-in-file-header.pcap',
  ]) {
    it(`are those of ${name}`, () => {
      expect(isKnownCapture(readFileSync(fixture(name)))).to.equal(true);
    });
  }

  for (const [what, bytes] of [
    ['nothing', []],
    ['half a magic number', [0xa1, 0xb2]],
    ['a text', [...Buffer.from('This is a text')]],
    ['a capture that is not at the beginning', [0, 0xa1, 0xb2, 0xc3, 0xd4]],
  ] as const) {
    it(`are not ${what}`, () => {
      expect(isKnownCapture(Uint8Array.from(bytes))).to.equal(false);
    });
  }
});

describe('what capinfos takes a file for', () => {
  for (const [type, isOther] of [
    ['Wireshark/tcpdump/... - pcap', false],
    ['Sun snoop', false],
    ['Novell LANalyzer', false],
    ['MP4 media', true],
    ['MIME Files Format', true],
    ['JavaScript Object Notation', true],
    ['RFC 7468 files', true],
    ['Android Logcat Text formats', true],
  ] as const) {
    it(`is ${isOther ? 'no capture' : 'a capture'}: ${type}`, () => {
      expect(namesOtherFormat(`File name:  a MIME file\nFile type:           ${type}\n`)).to.equal(isOther);
    });
  }

  it('is not known where capinfos does not say it', () => {
    expect(namesOtherFormat('')).to.equal(false);
  });
});
