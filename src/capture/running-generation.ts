import type { ChildEnding } from '../tshark/child-process.ts';
import type { PacketBatch } from './packet-batch.ts';
import type { RowCounts } from './row-reader.ts';
import type { RowSpan } from './row-span.ts';

/**
 * What reads the packets of a live capture for a while, and gives rows in their order: one tshark, or several that share
 * the packets between them.
 */
export interface RunningGeneration {
  /**
   * To be called once, before the first packet.
   *
   * @param base - the number in the whole capture of the first packet that it will be fed
   * @param prelude - what stands before that
   */
  begin(base: number, prelude: Buffer): void;
  /** Packets of the past are fed without their descriptions: the prelude has them. */
  feed(batch: PacketBatch, descriptions: 'with descriptions' | 'packets only'): void;
  /** No more packets: it gives what rows are left and ends. */
  finish(): void;
  /** The rows, prompt, until it ends. */
  rows(): AsyncGenerator<RowSpan, void, undefined>;
  stop(): Promise<void>;
  /** Calls back whenever nothing waits any more. */
  onDrain(callback: () => void): void;
  /** How it ended; never rejects. */
  readonly ended: Promise<ChildEnding>;
  /** How many tsharks share the packets. */
  readonly shards: number;
  /** Why the packets cannot be shared from some packet on: it ends there. Undefined where they can, as far as is known. */
  readonly unsafe: string | undefined;
  /** Packets that it was fed. */
  readonly packets: number;
  /** The number of the packet of its last row; the one before its first packet, where it has printed none. */
  readonly lastRow: number;
  readonly counts: Readonly<RowCounts>;
  /** Bytes that wait for it to read them, or for whoever comes after it where it has died. */
  readonly backlogBytes: number;
  /** Bytes that it has read; stands still while one of several reads nothing that it is to read. */
  readonly bytesTaken: number;
  /** Whether it was told that no more packets come. */
  readonly finishing: boolean;
  /** Null where the system does not tell. */
  memoryBytes(): number | null;
  pids(): number[];
}
