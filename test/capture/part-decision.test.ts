import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { decideAlone, decideParts } from '../../src/capture/part-decision.ts';
import { whyNoParts } from '../../src/capture/part-fields.ts';
import type { CaptureRequest } from '../../src/capture/capture-request.ts';
import type { Schema } from '../../src/table/schema.ts';
import { parseToolVersion } from '../../src/tshark/version.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { bulkyCapture } from './bulky-capture.ts';
import { busyFrames } from './busy-capture.ts';

const version = parseToolVersion('TShark (Wireshark) 4.0.17')!;

function request(given: Partial<CaptureRequest<Schema>> = {}): CaptureRequest<Schema> {
  return {
    tshark: { path: 'tshark', version },
    input: 'a.pcap',
    schema: { 'frame.number': 'uint32' },
    isLean: true,
    ...given,
  };
}

const reasonFor = (given: Partial<CaptureRequest<Schema>>) => whyNoParts(request(given));

describe('what can be read by tsharks that follow each other', () => {
  for (const displayFilter of [
    'tcp && ip.src == 10.0.0.1',
    'tcp.analysis.ack_rtt > 0.1 or tcp.analysis.ack_rtt <= 1.5e-3',
    'ipv6.addr == fe80::1:2 and tcp.port in {80, 8000-9000}',
    'eth.src == 02:00:00:aa:bb:cc',
    'not tcp.flags == 0x1F and frame.len > 60',
    'frame.interface_name == "tcp.stream"',
  ])
    it(`is what ${displayFilter} selects`, () => {
      expect(reasonFor({ displayFilter })).to.equal(null);
    });

  for (const [displayFilter, word] of [
    ['tcp.stream == 1', 'tcp.stream'],
    ['.tcp.stream == 1', '.tcp.stream'],
    ['tcp.len > -tcp.seq', '-tcp.seq'],
    ['tcp.len == 5 - tcp.ack', 'tcp.ack'],
    ['tcp.len<tcp.ack', 'tcp.ack'],
    ['frame.number > 5', 'frame.number'],
    ['frame.time_relative > 1', 'frame.time_relative'],
  ])
    it(`is not what ${displayFilter} selects`, () => {
      expect(reasonFor({ displayFilter })).to.equal(
        `"${word}" in the display filter can depend on all packets before`,
      );
    });

  it('is rows with numbers of packets as integers, one or in lists, and in no other type', () => {
    const type = (each: Schema[string]) => reasonFor({ schema: { 'frame.number': each, 'ip.src': 'text' } });
    expect([type('uint32'), type('list<uint32>')]).to.deep.equal([null, null]);
    for (const other of ['text', 'float64', 'list<text>'] as const)
      expect(type(other)).to.equal('"frame.number" is no plain number');
  });

  for (const [what, given, reason] of [
    ['joined files', { input: { join: ['a.pcap'] } }, /joined/],
    ['a number of packets', { packetCount: '3' }, /number of packets/],
    ['all dissectors', { isLean: false }, /dissectors/],
    ['names', { resolveNames: true }, /names/],
    ['a relative time', { schema: { 'frame.time_delta': 'float64' } }, /"frame.time_delta"/],
  ] as const)
    it(`is not ${what}`, () => {
      expect(reasonFor(given)).to.match(reason);
    });
});

describe('the decision to read a file in parts', () => {
  const file = temporaryFolder();
  const packets = busyFrames({ seed: 7, connections: 7, steps: 50 });
  const limit = { packetsPerTshark: 500 };
  let capture: string;

  before(() => {
    capture = file('bulky.pcap');
    writeFileSync(capture, bulkyCapture(packets));
  });

  it('is made by the size of the file', () => {
    const input = capture;
    expect(decideParts(request({ input }), limit)).to.deep.equal({ packetsPerTshark: 500, reason: null });
    expect(decideParts(request({ input }))).to.deep.equal({
      packetsPerTshark: undefined,
      reason: 'it is small',
    });
  });

  it('foretells what one tshark holds where it has to read more than it should', () => {
    const expected = 170e6 + packets.length * 300;
    for (const input of [capture, { join: [capture] }]) {
      const decision = decideParts(request({ input, isLean: false }), limit);
      expect(decision.expectedBytes).to.be.closeTo(expected, expected / 100);
    }
    const alone = decideAlone(request({ input: capture }), 'so it is', limit);
    expect(alone.expectedBytes).to.be.closeTo(expected, expected / 100);
    expect(alone).to.include({ packetsPerTshark: undefined, reason: 'so it is' });
  });

  it('foretells nothing of so few packets that one tshark may read them', () => {
    const few = decideParts(request({ input: capture, packetCount: '400' }), limit);
    expect(few.expectedBytes).to.equal(undefined);
    expect(few.reason).to.match(/number of packets/);
    const more = decideParts(request({ input: capture, packetCount: '600' }), limit);
    expect(more.expectedBytes).to.equal(170e6 + 600 * 300);
  });

  it('leaves what is no file, or compressed, to one tshark', () => {
    const zipped = file('zipped.pcap.gz');
    writeFileSync(zipped, gzipSync(bulkyCapture(packets), { level: 0 }));
    for (const input of ['-', file('.'), file('missing'), '/dev/stdin', zipped]) {
      const { packetsPerTshark, reason, expectedBytes } = decideParts(request({ input }), limit);
      expect([packetsPerTshark, expectedBytes]).to.deep.equal([undefined, undefined]);
      expect(reason).to.match(input === zipped ? /format is another one/ : /it is no file/);
    }
  });
});
