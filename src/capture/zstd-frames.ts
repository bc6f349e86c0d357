import { littleEndian, walkFrames, type FrameBody, type FrameWalk } from './frame-walk.ts';

const magic = 0xfd2fb528;
const largestBlock = 0x20000;
const dictionaryIdSizes = [0, 1, 2, 4] as const;
const contentSizeSizes = [0, 2, 4, 8] as const;
const blockType = { rle: 1, reserved: 3 } as const;

/** The frames of a Zstandard file (RFC 8878). */
export function zstdFrames(): FrameWalk {
  return walkFrames(magic, zstdFrame);
}

function* zstdFrame(): FrameBody {
  const descriptor = littleEndian(yield { skip: 0, take: 1 });
  const isReserved = (descriptor & 0x08) !== 0;
  if (isReserved) return null;
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const hasChecksum = (descriptor & 0x04) !== 0;
  let skip = headerRest(descriptor, isSingleSegment);
  for (;;) {
    const block = littleEndian(yield { skip, take: 3 });
    const [isLast, type, size] = [(block & 1) !== 0, (block >>> 1) & 3, block >>> 3];
    if (type === blockType.reserved || size > largestBlock) return null;
    skip = type === blockType.rle ? 1 : size;
    if (isLast) return skip + (hasChecksum ? 4 : 0);
  }
}

/** The bytes of a frame's header behind its first: window, dictionary, and size of the content. */
function headerRest(descriptor: number, isSingleSegment: boolean): number {
  const dictionaryId = dictionaryIdSizes[descriptor & 3] ?? 0;
  const contentSize = contentSizeSizes[descriptor >>> 6] ?? 0;
  if (!isSingleSegment) return 1 + dictionaryId + contentSize;
  return dictionaryId + Math.max(1, contentSize);
}
