import { littleEndian, walkFrames, type FrameBody, type FrameWalk } from './frame-walk.ts';

const magic = 0x184d2204;
/** Largest size of a block, by the code in the header; codes below 4 are not in use. */
const largestBlocks = [0, 0, 0, 0, 0x1_0000, 0x4_0000, 0x10_0000, 0x40_0000] as const;
const checksumSize = 4;

/** The frames of an LZ4 file (the frame format, version 1; not the legacy one, whose end nothing marks). */
export function lz4Frames(): FrameWalk {
  return walkFrames(magic, lz4Frame);
}

function* lz4Frame(): FrameBody {
  const header = littleEndian(yield { skip: 0, take: 2 });
  const [flags, sizeCode] = [header & 0xff, header >>> 12];
  const isOdd = flags >>> 6 !== 1 || (flags & 0x02) !== 0 || (header & 0x8f00) !== 0;
  const largestBlock = largestBlocks[sizeCode & 7] ?? 0;
  if (isOdd || largestBlock === 0) return null;
  const has = (bit: number, size: number) => ((flags & bit) === 0 ? 0 : size);
  const blockChecksum = has(0x10, checksumSize);
  const headerChecksum = 1;
  let skip = has(0x08, 8) + has(0x01, 4) + headerChecksum;
  for (;;) {
    const block = littleEndian(yield { skip, take: 4 });
    if (block === 0) return has(0x04, checksumSize);
    const size = block & 0x7fff_ffff;
    if (size > largestBlock) return null;
    skip = size + blockChecksum;
  }
}
