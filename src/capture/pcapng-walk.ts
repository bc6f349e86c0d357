import { blockType } from './pcapng-blocks.ts';
import { OddCapture, PacketWalk, walkStep } from './packet-walk.ts';
import { readPacketTime, timeUnits, type TimeUnits } from './pcapng-time.ts';

interface Interface {
  readonly linkType: number;
  readonly snapLength: number;
  /** How the times of its packets are to be read; null where that is not certain. */
  readonly units: TimeUnits | null;
}

interface WalkState {
  readonly littleEndian: boolean;
  readonly interfaces: readonly Interface[];
}

/** Blocks that hold no packets, beside those that are looked into: names, statistics, secrets. */
const packetless: ReadonlySet<number> = new Set([4, 5, blockType.decryptionSecrets]);
const packetHeaderBytes = 28;

/** Walks over pcapng: any number of sections, interfaces of different link types, either byte order. */
export class PcapngWalk extends PacketWalk {
  #littleEndian = true;
  #interfaces: readonly Interface[] = [];
  /** Of the current packet's interface. */
  #units: TimeUnits | null = null;

  step(): number {
    const start = this.end;
    if (start + 12 > this.filled) return walkStep.starved;
    const type = this.u32(start, this.#littleEndian);
    // Its type reads the same in either byte order, and tells the order of what follows.
    if (type === blockType.sectionHeader) this.#littleEndian = this.#byteOrder(start + 8);
    const length = this.u32(start + 4, this.#littleEndian);
    if (length % 4 !== 0 || length < 12) throw new OddCapture('it has a block of an odd length');
    const end = start + length;
    if (end > this.filled) return walkStep.starved;
    if (this.u32(end - 4, this.#littleEndian) !== length)
      throw new OddCapture('it has a block whose lengths differ');
    this.start = start;
    this.end = end;
    if (type === blockType.enhancedPacket) return this.#packet(start, end);
    if (type === blockType.sectionHeader) this.#section(start, length);
    else if (type === blockType.interfaceDescription) this.#interface(start, length);
    else if (!packetless.has(type)) throw new OddCapture('it has blocks of an uncommon type');
    return walkStep.header;
  }

  readTime(): boolean {
    const little = this.#littleEndian;
    const high = this.u32(this.start + 12, little);
    const low = this.u32(this.start + 16, little);
    return this.#units !== null && readPacketTime(high, low, this.#units, this);
  }

  protected state(): WalkState {
    return { littleEndian: this.#littleEndian, interfaces: this.#interfaces };
  }

  protected restore({ littleEndian, interfaces }: WalkState): void {
    this.#littleEndian = littleEndian;
    this.#interfaces = interfaces;
  }

  #packet(start: number, end: number): number {
    const little = this.#littleEndian;
    const about = this.#interfaces[this.u32(start + 8, little)];
    const captured = this.u32(start + 20, little);
    if (about === undefined) throw new OddCapture('it has a packet of an unknown interface');
    this.checkLengths(captured, this.u32(start + 24, little), about.snapLength);
    if (start + packetHeaderBytes + captured > end - 4)
      throw new OddCapture('it has a packet of an odd length');
    this.dataAt = start + packetHeaderBytes;
    this.dataEnd = this.dataAt + captured;
    this.linkType = about.linkType;
    this.#units = about.units;
    return walkStep.packet;
  }

  #byteOrder(at: number): boolean {
    if (this.u32(at, true) === 0x1a2b3c4d) return true;
    if (this.u32(at, false) === 0x1a2b3c4d) return false;
    throw new OddCapture('it has a section of an odd byte order');
  }

  #section(start: number, length: number): void {
    const little = this.#littleEndian;
    const hasLength =
      this.u32(start + 16, little) !== 0xffff_ffff || this.u32(start + 20, little) !== 0xffff_ffff;
    // The length that is said would be wrong of a share of the section.
    if (length < 28 || hasLength) throw new OddCapture('it has a section that says how long it is');
    this.#interfaces = [];
  }

  #interface(start: number, length: number): void {
    if (length < 20) throw new OddCapture('it has an interface without a description');
    const linkType = this.#littleEndian
      ? this.u32(start + 8, true) & 0xffff
      : this.u32(start + 8, false) >>> 16;
    const snapLength = this.u32(start + 12, this.#littleEndian);
    const units = timeUnits(this.bytes.subarray(start + 16, start + length - 4), this.#littleEndian);
    this.#interfaces = [...this.#interfaces, { linkType, snapLength, units }];
  }
}
