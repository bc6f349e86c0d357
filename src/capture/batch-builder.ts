import type { PacketBatch } from './packet-batch.ts';

/** Collects the blocks of a batch. */
export class BatchBuilder {
  readonly #descriptions: Buffer[] = [];
  readonly #blocks: Buffer[] = [];
  #byteLength = 0;
  #capturedBytes = 0;
  #firstTimeNs = NaN;
  #lastTimeNs = NaN;
  #maxTimeNs = NaN;
  packets = 0;

  /** Takes what {@link InterfaceTable.add} gives. */
  addDescription(description: Buffer | null): void {
    if (description !== null) this.#descriptions.push(description);
  }

  addBytes(bytes: Buffer): void {
    this.#blocks.push(bytes);
    this.#byteLength += bytes.length;
  }

  /** Counts a packet whose bytes are added before or after. */
  countPacket(timeNs: number, capturedLength: number): void {
    if (this.packets === 0) {
      this.#firstTimeNs = timeNs;
      this.#maxTimeNs = timeNs;
    }
    this.#lastTimeNs = timeNs;
    if (timeNs > this.#maxTimeNs) this.#maxTimeNs = timeNs;
    this.#capturedBytes += capturedLength;
    this.packets += 1;
  }

  /** Null where nothing was added. */
  finish(): PacketBatch | null {
    if (this.#blocks.length === 0 && this.#descriptions.length === 0) return null;
    return {
      descriptions: this.#descriptions,
      blocks: this.#blocks,
      byteLength: this.#byteLength,
      packets: this.packets,
      capturedBytes: this.#capturedBytes,
      firstTimeNs: this.#firstTimeNs,
      lastTimeNs: this.#lastTimeNs,
      maxTimeNs: this.#maxTimeNs,
    };
  }
}
