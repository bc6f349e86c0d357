/** Packets that came together, as blocks of the capture's one pcapng section. */
export interface PacketBatch {
  /**
   * Descriptions of interfaces that are new, to be written before the packets by whoever reads along; whoever begins
   * with this batch has them already, in the prelude.
   */
  readonly descriptions: readonly Buffer[];
  /** The packets, as whole blocks. Not to be written to. */
  readonly blocks: readonly Buffer[];
  /** Of the packets' blocks. */
  readonly byteLength: number;
  readonly packets: number;
  /** As captured, without what the format adds. */
  readonly capturedBytes: number;
  /** Nanoseconds since the epoch, exact to some hundreds, which is what a double holds; NaN without packets. */
  readonly firstTimeNs: number;
  readonly lastTimeNs: number;
  /** The largest of all packets. */
  readonly maxTimeNs: number;
}
