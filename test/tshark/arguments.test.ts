import { expect } from 'chai';
import {
  fileArgument,
  mergeArguments,
  occurrenceSeparator,
  readArguments,
} from '../../src/tshark/arguments.ts';

describe('the arguments of tshark', () => {
  it('are few where little is asked', () => {
    expect(readArguments({ input: 'a.pcap', fields: ['frame.number'] })).to.deep.equal([
      ...['-n', '-r', 'a.pcap', '-T', 'fields', '-E', 'separator=/t', '-E', 'quote=d', '-E', 'occurrence=a'],
      ...['-E', 'aggregator=\u001f', '-e', 'frame.number'],
    ]);
  });

  it('hand everything on as it is, in order', () => {
    const args = readArguments({
      input: '-',
      fields: ['ip.src', 'ip.dst'],
      displayFilter: '-1 == tcp.port && frame contains "a b"',
      decodeAs: ['tcp.port==8888,http', 'udp.port==1,dns'],
      preferences: ['tcp.check_checksum:TRUE', 'x.y:a b'],
      packetCount: '10',
    });
    expect(args.slice(0, 15)).to.deep.equal([
      ...['-n', '-r', '-', '-c', '10', '-d', 'tcp.port==8888,http', '-d', 'udp.port==1,dns'],
      ...['-o', 'tcp.check_checksum:TRUE', '-o', 'x.y:a b', '-Y', '-1 == tcp.port && frame contains "a b"'],
    ]);
    expect(args.slice(-4)).to.deep.equal(['-e', 'ip.src', '-e', 'ip.dst']);
  });

  for (const [occurrence, letter] of [
    ['first', 'f'],
    ['last', 'l'],
    ['all', 'a'],
  ] as const) {
    it(`ask for the ${occurrence} occurrence`, () => {
      expect(readArguments({ input: 'a', fields: [], occurrence })).to.include(`occurrence=${letter}`);
    });
  }

  it('part several occurrences by one byte, for tshark takes no more', () => {
    expect(Buffer.from(occurrenceSeparator)).to.have.length(1);
  });
});

describe('a file as an argument', () => {
  for (const [path, expected] of [
    ['a.pcap', 'a.pcap'],
    ['/tmp/-a', '/tmp/-a'],
    ['-a.pcap', './-a.pcap'],
    ['--', './--'],
    ['-', '-'],
    ['Zürich "a" b.pcap', 'Zürich "a" b.pcap'],
    ['', ''],
  ] as const) {
    it(`"${path}" is "${expected}"`, () => {
      expect(fileArgument(path)).to.equal(expected);
    });
  }

  it('is the same for mergecap', () => {
    expect(mergeArguments(['a', '-b'])).to.deep.equal(['-w', '-', 'a', './-b']);
  });
});
