import type { BatchBuilder } from './batch-builder.ts';
import type { InterfaceTable } from './interface-table.ts';
import { DamagedCapture, largestPacket, type RecordReader } from './record-reader.ts';
import { packetBlockLength, writePacket } from './pcapng-blocks.ts';

const fileHeaderBytes = 24;
const recordHeaderBytes = 16;

interface Variant {
  readonly littleEndian: boolean;
  readonly nanoseconds: boolean;
}

const variants: ReadonlyMap<number, Variant> = new Map([
  [0xa1b2c3d4, { littleEndian: true, nanoseconds: false }],
  [0xa1b23c4d, { littleEndian: true, nanoseconds: true }],
  [0xd4c3b2a1, { littleEndian: false, nanoseconds: false }],
  [0x4d3cb2a1, { littleEndian: false, nanoseconds: true }],
]);

/** Reads pcap, with micro- or nanoseconds and in either byte order. */
export class PcapRecords implements RecordReader {
  readonly #variant: Variant;
  readonly #table: InterfaceTable;
  readonly #interfaceName: string | undefined;
  #interfaceId: number | undefined;

  private constructor(variant: Variant, table: InterfaceTable, interfaceName: string | undefined) {
    this.#variant = variant;
    this.#table = table;
    this.#interfaceName = interfaceName;
  }

  /** Null where these first bytes are another format's. */
  static for(start: Buffer, table: InterfaceTable, interfaceName?: string): PcapRecords | null {
    const variant = variants.get(start.readUInt32LE(0));
    return variant === undefined ? null : new PcapRecords(variant, table, interfaceName);
  }

  take(bytes: Buffer, into: BatchBuilder, limit: number): number {
    if (this.#interfaceId === undefined) return this.#takeHeader(bytes, into);
    const ends = this.#recordEnds(bytes, limit);
    const taken = ends.at(-1) ?? 0;
    if (taken === 0) return 0;
    this.#copy(bytes, ends, into, this.#interfaceId);
    return taken;
  }

  #u32(bytes: Buffer, at: number): number {
    return this.#variant.littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  }

  #takeHeader(bytes: Buffer, into: BatchBuilder): number {
    if (bytes.length < fileHeaderBytes) return 0;
    const { id, description } = this.#table.add({
      name: this.#interfaceName,
      // The upper bits tell of checksums behind frames.
      linkType: this.#u32(bytes, 20) & 0xffff,
      snapLength: this.#u32(bytes, 16),
      timeResolution: this.#variant.nanoseconds ? 9 : 6,
      timeOffsetSeconds: 0n,
    });
    into.addDescription(description);
    this.#interfaceId = id;
    return fileHeaderBytes;
  }

  #recordEnds(bytes: Buffer, limit: number): number[] {
    const ends: number[] = [];
    for (let at = 0; at + recordHeaderBytes <= bytes.length && ends.length < limit;) {
      const captured = this.#u32(bytes, at + 8);
      if (captured > largestPacket) {
        if (ends.length > 0) break;
        throw new DamagedCapture(`A packet says that it is ${captured} bytes long.`);
      }
      at += recordHeaderBytes + captured;
      if (at > bytes.length) break;
      ends.push(at);
    }
    return ends;
  }

  #copy(bytes: Buffer, ends: readonly number[], into: BatchBuilder, interfaceId: number): void {
    let size = 0;
    let start = 0;
    for (const end of ends) {
      size += packetBlockLength(end - start - recordHeaderBytes);
      start = end;
    }
    const blocks = Buffer.alloc(size);
    const { nanoseconds } = this.#variant;
    let at = 0;
    start = 0;
    for (const end of ends) {
      const [seconds, fraction] = [this.#u32(bytes, start), this.#u32(bytes, start + 4)];
      const capturedLength = end - start - recordHeaderBytes;
      const originalLength = this.#u32(bytes, start + 12);
      const { timeHigh, timeLow } = timeHalves(seconds, fraction, nanoseconds ? 1_000_000_000 : 1_000_000);
      const head = { interfaceId, timeHigh, timeLow, capturedLength, originalLength };
      at = writePacket(blocks, at, head, bytes.subarray(start + recordHeaderBytes, end));
      into.countPacket(seconds * 1e9 + fraction * (nanoseconds ? 1 : 1000), capturedLength);
      start = end;
    }
    into.addBytes(blocks);
  }
}

/** `seconds * perSecond + fraction` as two words of 32 bits, exactly, without the cost of big integers. */
function timeHalves(
  seconds: number,
  fraction: number,
  perSecond: number,
): { timeHigh: number; timeLow: number } {
  const low = (seconds & 0xffff) * perSecond + fraction;
  const high = (seconds >>> 16) * perSecond;
  // high * 2^16 + low; each part stays below 2^53.
  const carry = Math.floor(low / 0x1_0000);
  const middle = high + carry;
  return {
    timeHigh: Math.floor(middle / 0x1_0000),
    timeLow: ((middle % 0x1_0000) * 0x1_0000 + (low % 0x1_0000)) >>> 0,
  };
}
