/** The blocks of a pcapng file that rttshark writes: little-endian, one section (draft-ietf-opsawg-pcapng). Pure. */

export const blockType = {
  sectionHeader: 0x0a0d0d0a,
  interfaceDescription: 1,
  obsoletePacket: 2,
  simplePacket: 3,
  enhancedPacket: 6,
  decryptionSecrets: 10,
} as const;

/** A section of unknown length: what every file and pipe begins with. */
export function sectionHeader(): Buffer {
  const block = Buffer.alloc(28);
  block.writeUInt32LE(blockType.sectionHeader, 0);
  block.writeUInt32LE(28, 4);
  block.writeUInt32LE(0x1a2b3c4d, 8);
  block.writeUInt16LE(1, 12);
  block.writeBigInt64LE(-1n, 16);
  block.writeUInt32LE(28, 24);
  return block;
}

/** What packets were captured on. */
export interface CaptureInterface {
  /** Absent for a pcap file or pipe, which tells none. */
  readonly name: string | undefined;
  /** A number of the LINKTYPE_ list. */
  readonly linkType: number;
  /** 0 for no limit. */
  readonly snapLength: number;
  /** As the option if_tsresol has it: 6 for microseconds, 9 for nanoseconds, with the high bit set a power of two. */
  readonly timeResolution: number;
  /** As the option if_tsoffset has it: seconds to be added. */
  readonly timeOffsetSeconds: bigint;
}

const option = { name: 2, timeResolution: 9, timeOffset: 14 } as const;

export function interfaceDescription(described: CaptureInterface): Buffer {
  const { name, linkType, snapLength, timeResolution, timeOffsetSeconds } = described;
  const offset = Buffer.alloc(8);
  offset.writeBigInt64LE(timeOffsetSeconds);
  const options = Buffer.concat([
    ...(name === undefined ? [] : [blockOption(option.name, Buffer.from(name))]),
    blockOption(option.timeResolution, Buffer.from([timeResolution])),
    ...(timeOffsetSeconds === 0n ? [] : [blockOption(option.timeOffset, offset)]),
    Buffer.alloc(4),
  ]);
  const length = 20 + options.length;
  const head = Buffer.alloc(16);
  head.writeUInt32LE(blockType.interfaceDescription, 0);
  head.writeUInt32LE(length, 4);
  head.writeUInt16LE(linkType, 8);
  head.writeUInt32LE(snapLength, 12);
  const tail = Buffer.alloc(4);
  tail.writeUInt32LE(length, 0);
  return Buffer.concat([head, options, tail]);
}

function blockOption(code: number, value: Buffer): Buffer {
  const bytes = Buffer.alloc(4 + padded(value.length));
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt16LE(value.length, 2);
  value.copy(bytes, 4);
  return bytes;
}

/** The options of an interface's description that matter here. */
export function readInterface(block: Buffer, littleEndian: boolean): CaptureInterface {
  const u16 = (at: number) => (littleEndian ? block.readUInt16LE(at) : block.readUInt16BE(at));
  let name: string | undefined;
  let timeResolution = 6;
  let timeOffsetSeconds = 0n;
  for (let at = 16; at + 4 <= block.length - 4;) {
    const [code, length] = [u16(at), u16(at + 2)];
    const value = block.subarray(at + 4, at + 4 + length);
    if (code === 0 || value.length < length) break;
    if (code === option.name) name = value.toString('utf8');
    if (code === option.timeResolution) timeResolution = value[0] ?? 6;
    if (code === option.timeOffset && length === 8) {
      timeOffsetSeconds = littleEndian ? value.readBigInt64LE() : value.readBigInt64BE();
    }
    at += 4 + padded(length);
  }
  return {
    name,
    linkType: u16(8),
    snapLength: littleEndian ? block.readUInt32LE(12) : block.readUInt32BE(12),
    timeResolution,
    timeOffsetSeconds,
  };
}

/** Bytes of an enhanced packet block without options. */
export function packetBlockLength(capturedLength: number): number {
  return 32 + padded(capturedLength);
}

export interface PacketHead {
  readonly interfaceId: number;
  /** The two halves of the time stamp, in the interface's resolution. */
  readonly timeHigh: number;
  readonly timeLow: number;
  readonly capturedLength: number;
  readonly originalLength: number;
}

/** Writes a packet without options at an offset of a buffer that is filled with zeros; gives the offset behind it. */
export function writePacket(into: Buffer, at: number, head: PacketHead, data: Uint8Array): number {
  const length = packetBlockLength(head.capturedLength);
  into.writeUInt32LE(blockType.enhancedPacket, at);
  into.writeUInt32LE(length, at + 4);
  into.writeUInt32LE(head.interfaceId, at + 8);
  into.writeUInt32LE(head.timeHigh, at + 12);
  into.writeUInt32LE(head.timeLow, at + 16);
  into.writeUInt32LE(head.capturedLength, at + 20);
  into.writeUInt32LE(head.originalLength, at + 24);
  into.set(data, at + 28);
  into.writeUInt32LE(length, at + length - 4);
  return at + length;
}

/** Whether tshark takes it: it refuses whole captures for one that its numbers do not hold. */
export function isKnownResolution(timeResolution: number): boolean {
  return (timeResolution & 0x80) === 0 ? timeResolution <= 19 : (timeResolution & 0x7f) <= 63;
}

/** Nanoseconds that one unit of a resolution stands for. */
export function unitNanoseconds(timeResolution: number): number {
  const exponent = timeResolution & 0x7f;
  return (timeResolution & 0x80) === 0 ? 10 ** (9 - exponent) : 1e9 / 2 ** exponent;
}

export function padded(length: number): number {
  return (length + 3) & ~3;
}
