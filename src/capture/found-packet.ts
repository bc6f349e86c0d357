import type { PacketWalk } from './packet-walk.ts';
import { findTcpEnds, noEnds, type TcpEnds } from './tcp-ends.ts';

/** What is found out of a flow's packet, once for all who ask. Is written anew for each packet. */
export interface FoundPacket {
  /** As `flowOf` gives it. */
  flow: number;
  /** Whether the walk has found its time. */
  hasTime: boolean;
  /** Whether it carries a segment itself, between these ends; of another packet they tell the IP layer only. */
  hasEnds: boolean;
  readonly ends: TcpEnds;
}

export function noPacket(): FoundPacket {
  return { flow: 0, hasTime: false, hasEnds: false, ends: noEnds() };
}

/** Finds out what there is of the walk's current packet, whose flow is known. */
export function findPacket(walk: PacketWalk, found: FoundPacket): void {
  found.hasTime = walk.readTime();
  found.hasEnds = findTcpEnds(walk.bytes, walk, found.ends);
}
