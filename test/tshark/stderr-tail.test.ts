import { expect } from 'chai';
import fc from 'fast-check';
import { StderrTail, withoutNoise } from '../../src/tshark/stderr-tail.ts';

function tailOf(...chunks: (string | Uint8Array)[]): string[] {
  const tail = new StderrTail();
  for (const chunk of chunks) tail.write(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return tail.lines();
}

describe('the tail of standard error', () => {
  for (const { title, chunks, lines } of [
    { title: 'splits at each kind of line end', chunks: ['a\nb\r\nc\rd\n'], lines: ['a', 'b', 'c', 'd'] },
    { title: 'keeps an unfinished last line', chunks: ['a\nb'], lines: ['a', 'b'] },
    {
      title: 'joins lines that come in pieces',
      chunks: ['on', 'e li', 'ne\ntwo'],
      lines: ['one line', 'two'],
    },
    { title: 'takes a CR and a LF that come apart for one', chunks: ['a\r', '\nb\n'], lines: ['a', 'b'] },
    { title: 'drops blank lines', chunks: ['\n\n  \na\n\n'], lines: ['a'] },
    { title: 'is empty at first', chunks: [], lines: [] },
  ]) {
    it(title, () => {
      expect(tailOf(...chunks)).to.deep.equal(lines);
    });
  }

  it('joins characters that come in pieces, wherever they are cut', () => {
    const text = 'The file "Zürich 東京 🦈.pcap" doesn\'t exist.\n';
    const bytes = Buffer.from(text);
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(tailOf(bytes.subarray(0, cut), bytes.subarray(cut))).to.deep.equal([text.trim()]);
    }
  });

  it('keeps the first and the last lines of many', () => {
    const tail = new StderrTail();
    for (let i = 0; i < 100_000; i++) tail.write(Buffer.from(`line ${i}\n`));
    const lines = tail.lines();
    expect(lines.length).to.be.lessThan(200);
    expect(lines.slice(0, 2)).to.deep.equal(['line 0', 'line 1']);
    expect(lines.slice(-2)).to.deep.equal(['line 99998', 'line 99999']);
  });

  it('stays small where a line never ends', () => {
    const tail = new StderrTail();
    for (let i = 0; i < 1000; i++) tail.write(Buffer.alloc(10_000, 'x'));
    expect(tail.lines().join('').length).to.be.lessThan(20_000);
    tail.write(Buffer.from('\nlast\n'));
    expect(tail.lines().at(-1)).to.equal('last');
  });

  it('is the same whatever the chunks', () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 30 });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), fc.infiniteStream(fc.nat(7)), (lines, sizes) => {
        const bytes = Buffer.from(lines.join('\n'));
        const chunks: Uint8Array[] = [];
        for (let at = 0; at < bytes.length;) {
          const size = 1 + (sizes.next().value as number);
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(tailOf(...chunks)).to.deep.equal(tailOf(bytes));
      }),
    );
  });
});

describe('noise on standard error', () => {
  for (const line of [
    'Running as user "root" and group "root". This could be dangerous.',
    "Capturing on 'Loopback: lo'",
    '1 packet captured',
    '0 packets captured',
    "tshark: Couldn't load plugin 'falco-events.so': libre2.so.11: cannot open shared object file: No such file",
    ' ** (tshark:14408) 17:46:11.633132 [Lua MESSAGE] -- Loading init.lua file from deprecated path: /root/x',
    '** (tshark:7): WARNING **: something',
    '(tshark:7): GLib-CRITICAL **: something',
    "tshark: Error loading table 'DNS Servers': Permission denied",
    'tshark: Can\'t open your preferences file "/root/.config/wireshark/preferences": Permission denied.',
    'tshark: Could not open your disabled protocols file',
    '"/root/.config/wireshark/disabled_protos": Permission denied.',
    'tshark: You don\'t have permission to read the file "/root/.config/wireshark/hosts".',
    '  ',
  ]) {
    it(`is ${JSON.stringify(line)}`, () => {
      expect(withoutNoise([line])).to.deep.equal([]);
    });
  }

  for (const line of [
    'tshark: The file "a.pcap" doesn\'t exist.',
    'tshark: You don\'t have permission to read the file "/home/ann/wireshark/a.pcap".',
    'tshark: You don\'t have permission to read the file "Capturing on ".',
    '    tcp.port == "Capturing on "',
    '(No such device exists)',
    '(pcap: File has 2147483647-byte packet, bigger than maximum of 262144)',
  ]) {
    it(`is not ${JSON.stringify(line)}`, () => {
      expect(withoutNoise([line])).to.deep.equal([line]);
    });
  }
});
