/** Frames written by hand, with contents that need no compressor; what they hold does not matter to a walk. */

function number(value: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntLE(value, 0, size);
  return bytes;
}

/** A frame that readers skip. */
export function skippableFrame(length: number, magic = 0x184d2a50): Buffer {
  return Buffer.concat([number(magic, 4), number(length, 4), Buffer.alloc(length, 'x')]);
}

export interface ZstdFrameOptions {
  /** Bytes of each raw block; negative for a block of so many equal bytes. */
  readonly blocks: readonly number[];
  readonly checksum?: boolean;
  readonly singleSegment?: boolean;
  /** 0 to 3, as in the descriptor. */
  readonly contentSizeFlag?: number;
  readonly dictionaryFlag?: number;
  readonly reservedBit?: boolean;
}

export function zstdFrame(options: ZstdFrameOptions): Buffer {
  const {
    blocks,
    checksum = false,
    singleSegment = false,
    contentSizeFlag = 0,
    dictionaryFlag = 0,
  } = options;
  const descriptor =
    (contentSizeFlag << 6) |
    (singleSegment ? 0x20 : 0) |
    (options.reservedBit === true ? 0x08 : 0) |
    (checksum ? 0x04 : 0) |
    dictionaryFlag;
  const contentSize = [singleSegment ? 1 : 0, 2, 4, 8][contentSizeFlag] ?? 0;
  const header = (singleSegment ? 0 : 1) + ([0, 1, 2, 4][dictionaryFlag] ?? 0) + contentSize;
  const written = blocks.map((size, i) => {
    const isLast = i === blocks.length - 1 ? 1 : 0;
    const [type, content] = size < 0 ? [1, 1] : [0, size];
    return Buffer.concat([
      number((Math.abs(size) << 3) | (type << 1) | isLast, 3),
      Buffer.alloc(content, 'b'),
    ]);
  });
  const end = Buffer.alloc(checksum ? 4 : 0, 'c');
  return Buffer.concat([number(0xfd2fb528, 4), number(descriptor, 1), Buffer.alloc(header), ...written, end]);
}

export interface Lz4FrameOptions {
  readonly blocks: readonly number[];
  readonly blockChecksum?: boolean;
  readonly contentSize?: boolean;
  readonly contentChecksum?: boolean;
  readonly dictionary?: boolean;
  readonly version?: number;
  /** 4 to 7: 64 KiB to 4 MiB. */
  readonly blockSizeCode?: number;
}

export function lz4Frame(options: Lz4FrameOptions): Buffer {
  const { blocks, version = 1, blockSizeCode = 4 } = options;
  const bits = [
    [options.blockChecksum, 0x10],
    [options.contentSize, 0x08],
    [options.contentChecksum, 0x04],
    [options.dictionary, 0x01],
  ] as const;
  const flags = bits.reduce((sum, [isSet, bit]) => (isSet === true ? sum | bit : sum), version << 6);
  const header = (options.contentSize === true ? 8 : 0) + (options.dictionary === true ? 4 : 0) + 1;
  const written = blocks.map((size, i) =>
    Buffer.concat([
      // Every other one as if it were not compressed.
      number(size + (i % 2 === 1 ? 0x8000_0000 : 0), 4),
      Buffer.alloc(size, 'b'),
      Buffer.alloc(options.blockChecksum === true ? 4 : 0, 'c'),
    ]),
  );
  const end = Buffer.alloc(options.contentChecksum === true ? 4 : 0, 'c');
  return Buffer.concat([
    ...[number(0x184d2204, 4), number(flags, 1), number(blockSizeCode << 4, 1), Buffer.alloc(header)],
    ...[...written, number(0, 4), end],
  ]);
}
