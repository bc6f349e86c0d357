import { flowClass, flowOf } from './flow-class.ts';
import type { PacketBatch } from './packet-batch.ts';
import { blockType, readInterface } from './pcapng-blocks.ts';
import { ShareWriter, type BatchShare } from './share-writer.ts';

export interface BatchShares {
  /** For each shard and, last, for the packets that belong to no flow that can be told; null where there is nothing. */
  readonly shares: readonly (BatchShare | null)[];
  /** The number of the first packet from which on packets cannot be shared safely; it is in no share. */
  readonly unsafeAt: number | null;
}

/** Parts batches between tsharks by flow: see `flowOf`. Pure but for the interfaces that it remembers. */
export class BatchParter {
  readonly #shards: number;
  readonly #linkTypes: number[] = [];

  constructor(shards: number) {
    this.#shards = shards;
  }

  /** To be called for each interface, in the order of their numbers. */
  addInterface(description: Buffer): void {
    this.#linkTypes.push(readInterface(description, true).linkType);
  }

  /** @param first - the number in the whole capture of the batch's first packet */
  part(batch: PacketBatch, first: number): BatchShares {
    const expectedBytes = Math.ceil(batch.byteLength / this.#shards) + 64;
    const writers = Array.from({ length: this.#shards + 1 }, () => new ShareWriter(expectedBytes));
    const unsafeAt = this.#write(batch, first, writers);
    return { shares: writers.map((writer) => writer.finish()), unsafeAt };
  }

  #write({ blocks }: PacketBatch, first: number, writers: readonly ShareWriter[]): number | null {
    let packet = first;
    for (const bytes of blocks) {
      let end = 0;
      for (let at = 0; at < bytes.length; at = end) {
        end = at + bytes.readUInt32LE(at + 4);
        if (bytes.readUInt32LE(at) !== blockType.enhancedPacket) {
          for (const writer of writers) writer.addBlock(bytes, at, end);
          continue;
        }
        const flow = this.#flowOf(bytes, at);
        if (flow === flowClass.fragment) return packet;
        const owner = flow >= 0 ? flow % this.#shards : flow === flowClass.rest ? this.#shards : -1;
        writers[owner]?.addPacket(bytes, at, end, packet);
        packet += 1;
      }
    }
    return null;
  }

  /** @param at - of an enhanced packet block */
  #flowOf(bytes: Buffer, at: number): number {
    const linkType = this.#linkTypes[bytes.readUInt32LE(at + 8)] ?? -1;
    const data = at + 28;
    return flowOf(bytes, data, data + bytes.readUInt32LE(at + 20), linkType);
  }
}
