import type { AnyTable } from '../table/table.ts';
import type { RttsharkError } from '../errors.ts';
import type { DroppedPackets } from '../measure/live-status.ts';

/** What was met so far. */
export interface CaptureCounts {
  /** Rows that were given. */
  readonly rows: number;
  /** Lines of tshark's that were no rows: left out. */
  readonly malformedRows: number;
  /** Values that are not of their column's type: null in the table. */
  readonly malformedValues: number;
  /** Packets that came from the sources of a live capture; null for others, of which tshark counts none. */
  readonly packets: number | null;
  /** How many tsharks were started, one after the other, by a live capture; null for others. */
  readonly tsharks: number | null;
  /** Packets that a live capture lost; null for others. */
  readonly dropped: DroppedPackets | null;
}

/** One source at work, whatever it is. Rows have a column for each field that is read, by tshark's name. */
export interface PacketReading extends AsyncIterable<AnyTable> {
  [Symbol.asyncIterator](): AsyncGenerator<AnyTable, void, undefined>;
  /** No more packets: rows of those that are there still come where that is soon, and the iteration ends. */
  finish(): void;
  /** Ends everything at once; settles when no process is left. May be called any number of times. */
  stop(): Promise<void>;
  counts(): CaptureCounts;
  /** What tshark wrote to standard error so far. */
  stderr(): readonly string[];
  /** What was wrong, once the iteration has ended; null where nothing was. */
  problem(): Promise<RttsharkError | null>;
}
