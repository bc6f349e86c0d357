import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import fc from 'fast-check';
import { snappyBlock } from '../src/snappy.ts';

const unpacker = `
import json, sys, base64, snappy
blocks = json.load(sys.stdin)
json.dump([base64.b64encode(snappy.uncompress(base64.b64decode(block))).decode() for block in blocks], sys.stdout)
`;

/** Unpacks blocks by Google's own library, all in one process. */
function unpacked(blocks: readonly Uint8Array[]): Buffer[] {
  const input = JSON.stringify(blocks.map((block) => Buffer.from(block).toString('base64')));
  const { stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', unpacker], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  expect(stderr).to.equal('');
  return (JSON.parse(stdout) as string[]).map((text) => Buffer.from(text, 'base64'));
}

describe('snappyBlock', () => {
  it('gives what Google’s library unpacks: any bytes, repetitive or not, of any length', () => {
    const random = fc.sample(fc.uint8Array({ maxLength: 3000 }), 100);
    const repetitive = fc
      .sample(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 90 }), fc.integer({ min: 1, max: 9000 })), 60)
      .map(([piece, times]) => Buffer.from(Buffer.concat(Array<Uint8Array>(times).fill(piece))));
    // Around the sizes at which the format and the encoder change their ways.
    const sizes = [0, 1, 15, 16, 59, 60, 61, 255, 256, 257, 65_535, 65_536, 65_537, 131_073, 1_000_001];
    const sized = sizes.map((size) => Buffer.from(Array.from({ length: size }, (_, i) => (i * i) >> 3)));
    const all = [...random, ...repetitive, ...sized];
    const back = unpacked(all.map(snappyBlock));
    for (const [i, bytes] of all.entries()) {
      expect(Buffer.compare(back[i]!, bytes), `${bytes.length} bytes`).to.equal(0);
    }
  });

  it('makes repetitive bytes smaller', () => {
    const bytes = Buffer.from('rttshark_tcp_ack_rtt_seconds_bucket'.repeat(1000));
    expect(snappyBlock(bytes).length).to.be.below(bytes.length / 10);
  });
});
