import type { BatchBuilder } from './batch-builder.ts';

/** One of the capture formats, being read block by block. */
export interface RecordReader {
  /**
   * Takes the whole records at the beginning of `bytes` and gives how many bytes they were: 0 where even the first one
   * is not complete. Stops behind `limit` packets.
   *
   * @throws DamagedCapture where the first one cannot be a record
   */
  take(bytes: Buffer, into: BatchBuilder, limit: number): number;
}

/** tshark refuses a capture with a larger packet (but for a few link types that carry no TCP). */
export const largestPacket = 262_144;

/** A stream that is no capture, or is not one any more. */
export class DamagedCapture extends Error {}
