import type { BatchBuilder } from './batch-builder.ts';

/** One of the capture formats, being read block by block. */
export interface RecordReader {
  /**
   * Takes the whole records at the beginning of `bytes` and gives how many bytes they were: 0 where even the first one
   * is not complete. Stops behind `limit` packets.
   *
   * @throws DamagedCapture where what follows cannot be a record
   */
  take(bytes: Buffer, into: BatchBuilder, limit: number): number;
}

/** A stream that is no capture, or is not one any more. */
export class DamagedCapture extends Error {}
