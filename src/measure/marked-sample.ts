/** Where a packet is found again. */
export interface PacketOrigin {
  /** As tshark numbers it, from 1. */
  readonly frame: number;
  /** The number of its TCP stream; '' where it has none. */
  readonly stream: string;
  /** The capture that it is in; null where that has no name of its own. */
  readonly file: string | null;
}

/** One sample that was remembered, to stand for others like it. */
export interface MarkedSample {
  readonly value: number;
  /** Of its packet, in nanoseconds since the epoch. */
  readonly time: bigint | null;
  /** Null where packets are in no file that could be named. */
  readonly packet: PacketOrigin | null;
}
