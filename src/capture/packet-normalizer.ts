import { BatchBuilder } from './batch-builder.ts';
import type { InterfaceTable } from './interface-table.ts';
import type { PacketBatch } from './packet-batch.ts';
import { PcapRecords } from './pcap-records.ts';
import { PcapngRecords } from './pcapng-records.ts';
import { DamagedCapture, type RecordReader } from './record-reader.ts';

/**
 * Turns a stream of pcap or pcapng, of any byte order and resolution, into blocks of the one section that everybody
 * reads. Packets of a little-endian pcapng stream, which is what dumpcap writes, are passed on as they are, without
 * being copied.
 */
export class PacketNormalizer {
  readonly #table: InterfaceTable;
  readonly #interfaceName: string | undefined;
  #rest: Buffer | undefined;
  #reader: RecordReader | undefined;
  #damage: string | undefined;

  /** @param interfaceName - for formats that tell none */
  constructor(table: InterfaceTable, interfaceName?: string) {
    this.#table = table;
    this.#interfaceName = interfaceName;
  }

  /** Whether the stream's header has come: whoever writes it has begun to capture. */
  get begun(): boolean {
    return this.#reader !== undefined;
  }

  /** Whether the stream stands inside of a record: an end here is no clean one. */
  get withinRecord(): boolean {
    return this.#rest !== undefined;
  }

  /** What is wrong with the stream; undefined where nothing is. Behind the damage nothing can be read any more. */
  get damage(): string | undefined {
    return this.#damage;
  }

  /**
   * @param bytes - the next ones; they are taken over and may be changed
   * @param limit - packets to take at most; what is behind them is dropped
   * @returns null where no record became complete; where the stream is damaged, the records before that
   */
  push(bytes: Buffer, limit = Infinity): PacketBatch | null {
    if (this.#damage !== undefined) return null;
    const batch = new BatchBuilder();
    try {
      this.#read(bytes, batch, limit);
    } catch (error) {
      if (!(error instanceof DamagedCapture)) throw error;
      this.#damage = error.message;
    }
    return batch.finish();
  }

  #read(bytes: Buffer, batch: BatchBuilder, limit: number): void {
    const all = this.#rest === undefined ? bytes : Buffer.concat([this.#rest, bytes]);
    this.#rest = undefined;
    let at = 0;
    if (this.#reader === undefined) {
      if (all.length < 4) {
        if (all.length > 0) this.#rest = all;
        return;
      }
      this.#reader = this.#readerFor(all);
    }
    while (at < all.length && batch.packets < limit) {
      const taken = this.#reader.take(all.subarray(at), batch, limit - batch.packets);
      if (taken === 0) break;
      at += taken;
    }
    if (at < all.length && batch.packets < limit) this.#rest = all.subarray(at);
  }

  #readerFor(start: Buffer): RecordReader {
    const reader =
      PcapngRecords.for(start, this.#table, this.#interfaceName) ??
      PcapRecords.for(start, this.#table, this.#interfaceName);
    if (reader !== null) return reader;
    throw new DamagedCapture('It is neither pcap nor pcapng.');
  }
}
