import type { BatchBuilder } from './batch-builder.ts';
import type { InterfaceTable } from './interface-table.ts';
import { DamagedCapture, largestPacket, type RecordReader } from './record-reader.ts';
import {
  blockType,
  isKnownResolution,
  packetBlockLength,
  readInterface,
  unitNanoseconds,
  writePacket,
  type CaptureInterface,
} from './pcapng-blocks.ts';

/** An interface of the section that is being read. */
interface Known {
  /** Its number in our own section. */
  readonly id: number;
  readonly unitNs: number;
  readonly offsetNs: number;
  readonly snapLength: number;
}

/** Larger blocks are no packets that anybody captured. */
const largestBlock = 16 * 1024 * 1024;

/** Bytes of the kinds of blocks that are read, without data and options. */
const smallestBlocks: ReadonlyMap<number, number> = new Map([
  [blockType.sectionHeader, 28],
  [blockType.interfaceDescription, 20],
  [blockType.obsoletePacket, 32],
  [blockType.simplePacket, 16],
  [blockType.enhancedPacket, 32],
]);

const sectionMagic = { little: 0x1a2b3c4d, big: 0x4d3c2b1a } as const;

/** Reads pcapng, of several sections too, as a capturing program that was started again or a `cat` writes them. */
export class PcapngRecords implements RecordReader {
  readonly #table: InterfaceTable;
  readonly #fallbackName: string | undefined;
  #littleEndian = true;
  #interfaces: Known[] = [];

  private constructor(table: InterfaceTable, fallbackName: string | undefined) {
    this.#table = table;
    this.#fallbackName = fallbackName;
  }

  /** Null where these first bytes are another format's. */
  static for(start: Buffer, table: InterfaceTable, fallbackName?: string): PcapngRecords | null {
    return start.readUInt32LE(0) === blockType.sectionHeader ? new PcapngRecords(table, fallbackName) : null;
  }

  take(bytes: Buffer, into: BatchBuilder, limit: number): number {
    // A run of packets that need no change is one piece.
    let runStart = 0;
    let at = 0;
    const before = into.packets;
    const endRun = () => {
      if (at > runStart) into.addBytes(bytes.subarray(runStart, at));
    };
    try {
      while (at + 12 <= bytes.length && into.packets - before < limit) {
        const type = this.#u32(bytes, at);
        if (type === blockType.sectionHeader) this.#littleEndian = isLittleEndian(bytes, at);
        const length = this.#blockLength(bytes, at, type);
        if (length === null) break;
        if (type === blockType.enhancedPacket && this.#littleEndian) {
          this.#passOn(bytes, at, length, into);
          at += length;
          continue;
        }
        endRun();
        runStart = at;
        this.#other(type, bytes.subarray(at, at + length), into);
        at += length;
        runStart = at;
      }
    } catch (error) {
      // Here the damage is that of a later block: the next call begins with it.
      if (at === 0) throw error;
    }
    endRun();
    return at;
  }

  /** Null where the block is not there to its end. */
  #blockLength(bytes: Buffer, at: number, type: number): number | null {
    const length = this.#u32(bytes, at + 4);
    if (length < (smallestBlocks.get(type) ?? 12) || length % 4 !== 0 || length > largestBlock) {
      throw new DamagedCapture(`A block says that it is ${length} bytes long.`);
    }
    if (at + length > bytes.length) return null;
    if (this.#u32(bytes, at + length - 4) !== length) {
      throw new DamagedCapture('A block tells two lengths that are not the same.');
    }
    return length;
  }

  #u32(bytes: Buffer, at: number): number {
    return this.#littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  }

  #passOn(bytes: Buffer, at: number, length: number, into: BatchBuilder): void {
    const number = bytes.readUInt32LE(at + 8);
    const known = this.#interface(number);
    const capturedLength = bytes.readUInt32LE(at + 20);
    checkLength(capturedLength, length - 32);
    if (known.id !== number) bytes.writeUInt32LE(known.id, at + 8);
    const units = bytes.readUInt32LE(at + 12) * 0x1_0000_0000 + bytes.readUInt32LE(at + 16);
    into.countPacket(units * known.unitNs + known.offsetNs, capturedLength);
  }

  #other(type: number, block: Buffer, into: BatchBuilder): void {
    switch (type) {
      case blockType.sectionHeader:
        this.#interfaces = [];
        return;
      case blockType.interfaceDescription:
        this.#describe(block, into);
        return;
      case blockType.enhancedPacket:
        this.#rewrite(block, into, this.#u32(block, 8));
        return;
      case blockType.obsoletePacket:
        this.#rewrite(block, into, this.#littleEndian ? block.readUInt16LE(8) : block.readUInt16BE(8));
        return;
      case blockType.simplePacket:
        this.#simple(block, into);
        return;
      case blockType.decryptionSecrets:
        if (this.#littleEndian) into.addBytes(block);
        return;
      default:
      // Names, statistics and comments are nothing that a dissection depends on.
    }
  }

  #describe(block: Buffer, into: BatchBuilder): void {
    const described = readInterface(block, this.#littleEndian);
    if (!isKnownResolution(described.timeResolution)) {
      throw new DamagedCapture('An interface tells a resolution of time that there is not.');
    }
    const named: CaptureInterface = { ...described, name: described.name ?? this.#fallbackName };
    const { id, description } = this.#table.add(named);
    into.addDescription(description);
    this.#interfaces.push({
      id,
      unitNs: unitNanoseconds(described.timeResolution),
      offsetNs: Number(described.timeOffsetSeconds) * 1e9,
      snapLength: described.snapLength,
    });
  }

  /** A packet of another byte order or kind of block: time and data stay, options are left out. */
  #rewrite(block: Buffer, into: BatchBuilder, number: number): void {
    const [timeHigh, timeLow] = [this.#u32(block, 12), this.#u32(block, 16)];
    const [capturedLength, originalLength] = [this.#u32(block, 20), this.#u32(block, 24)];
    this.#write(block.subarray(28, -4), into, { number, timeHigh, timeLow, capturedLength, originalLength });
  }

  /** It tells no time, which tshark then does without; the first of all moments is as good as none. */
  #simple(block: Buffer, into: BatchBuilder): void {
    const originalLength = this.#u32(block, 8);
    const { snapLength } = this.#interface(0);
    const most = Math.min(originalLength, block.length - 16, snapLength === 0 ? Infinity : snapLength);
    const head = { number: 0, timeHigh: 0, timeLow: 0, capturedLength: most, originalLength };
    this.#write(block.subarray(12, -4), into, head);
  }

  #write(
    data: Buffer,
    into: BatchBuilder,
    head: {
      number: number;
      timeHigh: number;
      timeLow: number;
      capturedLength: number;
      originalLength: number;
    },
  ): void {
    const { number, timeHigh, timeLow, capturedLength } = head;
    const known = this.#interface(number);
    checkLength(capturedLength, data.length);
    const written = Buffer.alloc(packetBlockLength(capturedLength));
    writePacket(written, 0, { ...head, interfaceId: known.id }, data.subarray(0, capturedLength));
    into.addBytes(written);
    into.countPacket((timeHigh * 0x1_0000_0000 + timeLow) * known.unitNs + known.offsetNs, capturedLength);
  }

  #interface(number: number): Known {
    const known = this.#interfaces[number];
    if (known === undefined)
      throw new DamagedCapture(`A packet names the interface ${number}, which there is not.`);
    return known;
  }
}

function checkLength(capturedLength: number, room: number): void {
  if (capturedLength > room) throw new DamagedCapture('A packet is longer than its block.');
  if (capturedLength > largestPacket) {
    throw new DamagedCapture(`A packet says that it is ${capturedLength} bytes long.`);
  }
}

function isLittleEndian(bytes: Buffer, at: number): boolean {
  const magic = bytes.readUInt32LE(at + 8);
  if (magic === sectionMagic.little) return true;
  if (magic === sectionMagic.big) return false;
  throw new DamagedCapture('A section of it tells no byte order.');
}
