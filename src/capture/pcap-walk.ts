import { OddCapture, PacketWalk, walkStep } from './packet-walk.ts';

const fileHeaderBytes = 24;
const recordHeaderBytes = 16;

interface Variant {
  readonly littleEndian: boolean;
  readonly unitsPerSecond: number;
}

/** By the first four bytes, read as little-endian. */
const variants: ReadonlyMap<number, Variant> = new Map([
  [0xa1b2c3d4, { littleEndian: true, unitsPerSecond: 1e6 }],
  [0xa1b23c4d, { littleEndian: true, unitsPerSecond: 1e9 }],
  [0xd4c3b2a1, { littleEndian: false, unitsPerSecond: 1e6 }],
  [0x4d3cb2a1, { littleEndian: false, unitsPerSecond: 1e9 }],
]);

/** Walks over pcap of version 2.4, with micro- or nanoseconds and in either byte order. */
export class PcapWalk extends PacketWalk {
  #littleEndian = true;
  #unitsPerSecond = 0;
  #snapLength = 0;

  step(): number {
    if (this.#unitsPerSecond === 0) return this.#header();
    const start = this.end;
    const dataAt = start + recordHeaderBytes;
    if (dataAt > this.filled) return walkStep.starved;
    const little = this.#littleEndian;
    const captured = this.u32(start + 8, little);
    this.checkLengths(captured, this.u32(start + 12, little), this.#snapLength);
    if (this.u32(start + 4, little) >= this.#unitsPerSecond)
      throw new OddCapture('it has a packet with an odd time');
    const end = dataAt + captured;
    if (end > this.filled) return walkStep.starved;
    this.start = start;
    this.end = end;
    this.dataAt = dataAt;
    this.dataEnd = end;
    return walkStep.packet;
  }

  readTime(): boolean {
    const little = this.#littleEndian;
    this.seconds = this.u32(this.start, little);
    this.nanoseconds = this.u32(this.start + 4, little) * (1e9 / this.#unitsPerSecond);
    return true;
  }

  /** There is one header, and it does not change: what counts is whether it has been met. */
  protected state(): number {
    return this.#unitsPerSecond;
  }

  protected restore(unitsPerSecond: number): void {
    this.#unitsPerSecond = unitsPerSecond;
  }

  #header(): number {
    if (this.filled < fileHeaderBytes) return walkStep.starved;
    const variant = variants.get(this.u32(0, true));
    if (variant === undefined) throw new OddCapture('its format is another one');
    const { littleEndian, unitsPerSecond } = variant;
    const version = this.u32(4, littleEndian);
    if (version !== (littleEndian ? 0x0004_0002 : 0x0002_0004))
      throw new OddCapture('its version of pcap is odd');
    this.#littleEndian = littleEndian;
    this.#unitsPerSecond = unitsPerSecond;
    this.#snapLength = this.u32(16, littleEndian);
    // The upper bits tell of checksums behind frames.
    this.linkType = this.u32(20, littleEndian) & 0xffff;
    this.end = fileHeaderBytes;
    return walkStep.header;
  }
}
