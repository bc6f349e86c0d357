import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { endsWithinFrame } from '../../src/capture/frame-end.ts';
import { FrameFollower } from '../../src/capture/frame-follower.ts';
import { fixture } from './fixtures.ts';
import { lz4Frame, skippableFrame, zstdFrame } from './frame-bytes.ts';

/** Files that are whole, and where else each of them could end without being cut within a frame. */
const wholeFiles: readonly { readonly title: string; readonly frames: readonly Buffer[] }[] = [
  { title: 'zstd: one empty block', frames: [zstdFrame({ blocks: [0] })] },
  { title: 'zstd: several blocks', frames: [zstdFrame({ blocks: [10, -1000, 0, 7] })] },
  { title: 'zstd: a repeated byte at the end', frames: [zstdFrame({ blocks: [5, -131072] })] },
  { title: 'zstd: with a checksum', frames: [zstdFrame({ blocks: [10, 3], checksum: true })] },
  { title: 'zstd: one segment', frames: [zstdFrame({ blocks: [10], singleSegment: true })] },
  ...[1, 2, 3].map((contentSizeFlag) => ({
    title: `zstd: size of the content of kind ${contentSizeFlag}, in one segment or not`,
    frames: [true, false].map((singleSegment) => zstdFrame({ blocks: [4], singleSegment, contentSizeFlag })),
  })),
  ...[1, 2, 3].map((dictionaryFlag) => ({
    title: `zstd: a dictionary of kind ${dictionaryFlag}`,
    frames: [zstdFrame({ blocks: [4], dictionaryFlag, checksum: true })],
  })),
  {
    title: 'zstd: several frames, some to be skipped',
    frames: [
      zstdFrame({ blocks: [9] }),
      skippableFrame(20),
      skippableFrame(0, 0x184d2a5f),
      zstdFrame({ blocks: [1] }),
    ],
  },
  { title: 'lz4: no block', frames: [lz4Frame({ blocks: [] })] },
  { title: 'lz4: several blocks', frames: [lz4Frame({ blocks: [10, 1, 30] })] },
  { title: 'lz4: blocks with checksums', frames: [lz4Frame({ blocks: [10, 1], blockChecksum: true })] },
  { title: 'lz4: a checksum at the end', frames: [lz4Frame({ blocks: [10], contentChecksum: true })] },
  {
    title: 'lz4: everything at once',
    frames: [
      lz4Frame({
        blocks: [9],
        blockChecksum: true,
        contentSize: true,
        contentChecksum: true,
        dictionary: true,
      }),
    ],
  },
  {
    title: 'lz4: several frames, one to be skipped',
    frames: [lz4Frame({ blocks: [5] }), skippableFrame(3), lz4Frame({ blocks: [2] })],
  },
];

const oddFiles: readonly { readonly title: string; readonly bytes: Buffer }[] = [
  {
    title: 'zstd: something else behind it',
    bytes: Buffer.concat([zstdFrame({ blocks: [9] }), Buffer.from('something')]),
  },
  {
    title: 'zstd: two bytes of something else behind it',
    bytes: Buffer.concat([zstdFrame({ blocks: [9] }), Buffer.from('so')]),
  },
  { title: 'zstd: a reserved bit', bytes: zstdFrame({ blocks: [9], reservedBit: true }) },
  { title: 'zstd: a block of a reserved type', bytes: Buffer.from('28b52ffd000007000061', 'hex') },
  {
    title: 'zstd: a block that is too large',
    bytes: Buffer.from('28b52ffd0000ffffff61', 'hex').fill(0xf9, 6, 7),
  },
  { title: 'zstd of old', bytes: Buffer.from('27b52ffd000000', 'hex') },
  { title: 'lz4: a version to come', bytes: lz4Frame({ blocks: [9], version: 2 }) },
  { title: 'lz4: a size of blocks that is not in use', bytes: lz4Frame({ blocks: [9], blockSizeCode: 3 }) },
  {
    title: 'lz4: a block that is too large',
    bytes: Buffer.concat([lz4Frame({ blocks: [] }).subarray(0, 7), Buffer.from('01000100', 'hex')]),
  },
  { title: 'lz4 of old', bytes: Buffer.from('02214c18ff000000', 'hex') },
  { title: 'another format', bytes: Buffer.from('1f8b0800', 'hex') },
  { title: 'nothing', bytes: Buffer.alloc(0) },
];

describe('the end of a compressed file', () => {
  let folder: string;
  let path: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'rttshark-frames-'));
    path = join(folder, 'file');
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** Whether a file of these bytes is cut, as both the file and a stream of it, in small pieces, tell. */
  function isCut(bytes: Uint8Array): boolean {
    writeFileSync(path, bytes);
    const ofFile = endsWithinFrame(path);
    for (const size of [1, 2, 3, 7, 1 << 20]) {
      const follower = new FrameFollower();
      for (let at = 0; at < bytes.length; at += size) follower.write(bytes.subarray(at, at + size));
      expect(follower.end() === 'cut', `as a stream, in pieces of ${size}`).to.equal(ofFile);
    }
    return ofFile;
  }

  for (const { title, frames } of wholeFiles) {
    it(`is told from every cut: ${title}`, () => {
      const bytes = Buffer.concat(frames);
      let end = 0;
      const ends = frames.map(({ length }) => (end += length));
      expect(isCut(bytes)).to.equal(false);
      for (let length = 4; length < bytes.length; length++) {
        // Where a cut leaves a few bytes of a skippable frame's number, nobody can tell what they are of.
        const behind = length - Math.max(0, ...ends.filter((known) => known <= length));
        const next = bytes.readUInt32LE(length - behind);
        const isUnclear = behind < 4 && (next & ~0xf) === 0x184d2a50 && !(behind === 0);
        const expected = !ends.includes(length) && !isUnclear;
        expect(isCut(bytes.subarray(0, length)), `cut behind byte ${length}`).to.equal(expected);
      }
    });
  }

  for (const { title, bytes } of oddFiles) {
    it(`is not judged where something is odd: ${title}`, () => {
      expect(isCut(bytes)).to.equal(false);
    });
  }

  for (const suffix of ['zst', 'lz4']) {
    it(`is that of a real .${suffix}, and every cut of it is one`, () => {
      const bytes = readFileSync(fixture(`ipv4.pcap.${suffix}`));
      expect(isCut(bytes)).to.equal(false);
      for (let length = 4; length < bytes.length; length += 7) {
        expect(isCut(bytes.subarray(0, length)), `cut behind byte ${length}`).to.equal(true);
      }
    });
  }

  it('is found through a descriptor, which stays where it was', () => {
    writeFileSync(path, zstdFrame({ blocks: [9] }).subarray(0, 10));
    const descriptor = openSync(path, 'r');
    try {
      expect(endsWithinFrame(descriptor)).to.equal(true);
      expect(readSync(descriptor, Buffer.alloc(100))).to.equal(10);
    } finally {
      closeSync(descriptor);
    }
  });

  it('is not judged of what is no file', () => {
    expect(endsWithinFrame(join(folder, 'missing'))).to.equal(false);
    expect(endsWithinFrame(folder)).to.equal(false);
    expect(endsWithinFrame('/dev/null')).to.equal(false);
  });

  it('is found by seeks, however large the file', () => {
    const frame = zstdFrame({ blocks: Array.from({ length: 400 }, () => 131_072) });
    for (const [bytes, expected] of [
      [frame, false],
      [frame.subarray(0, -1), true],
    ] as const) {
      writeFileSync(path, bytes);
      expect(endsWithinFrame(path)).to.equal(expected);
    }
  });
});
