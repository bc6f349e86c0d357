import { interfaceShift, markBlock } from './shard-mark.ts';

/** What one tshark is given of a batch. */
export interface BatchShare {
  /** Its packets as they are but for the numbers of their interfaces, and a mark behind them. */
  readonly bytes: Buffer;
  /** The numbers of its packets in the whole capture, ascending; -1 for the mark. */
  readonly numbers: Float64Array;
}

/** Collects the blocks of a share. */
export class ShareWriter {
  #bytes: Buffer;
  #end = 0;
  readonly #numbers: number[] = [];

  /** @param expectedBytes - it can become more */
  constructor(expectedBytes: number) {
    this.#bytes = Buffer.allocUnsafe(expectedBytes);
  }

  /**
   * Copies a packet, which `bytes` holds from `start` to `end`.
   *
   * @param number - its number in the whole capture
   */
  addPacket(bytes: Buffer, start: number, end: number, number: number): void {
    const at = this.#end;
    this.addBlock(bytes, start, end);
    this.#bytes.writeUInt32LE(bytes.readUInt32LE(start + 8) + interfaceShift, at + 8);
    this.#numbers.push(number);
  }

  /** The same for a block that is no packet. */
  addBlock(bytes: Buffer, start: number, end: number): void {
    this.#makeRoom(end - start);
    bytes.copy(this.#bytes, this.#end, start, end);
    this.#end += end - start;
  }

  /** Null where nothing was added. */
  finish(): BatchShare | null {
    if (this.#end === 0) return null;
    if (this.#numbers.length > 0) {
      this.addBlock(markBlock, 0, markBlock.length);
      this.#numbers.push(-1);
    }
    return { bytes: this.#bytes.subarray(0, this.#end), numbers: Float64Array.from(this.#numbers) };
  }

  #makeRoom(length: number): void {
    const needed = this.#end + length;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }
}
