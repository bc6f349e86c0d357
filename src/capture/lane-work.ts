/** How far one of the lanes is that share a capture. */
export interface LanePlace {
  /** How many packets of the capture its feeder has met; fewer again after it has gone back. */
  readonly met: number;
  /** How many of them are its own, for each that was met: 0 to 1. */
  readonly ownShare: number;
  /** How many tsharks have followed its first one. */
  readonly followers: number;
}

export interface LaneLimits {
  /** How many of a lane's packets one tshark is given; no limit by default. */
  readonly packetsPerTshark?: number | undefined;
  /** How many packets before its own a following tshark is given. */
  readonly overlapPackets: number;
}

/**
 * How much of its work a lane has done, 0 to 1. A tshark that follows another one is given packets that were read
 * before, which is work too, and can be foretold: what falls to a lane is expected to be as it was so far. Pure.
 *
 * @param packetsTotal - of the capture
 */
export function laneWork(
  { met, ownShare, followers }: LanePlace,
  packetsTotal: number,
  { packetsPerTshark = Infinity, overlapPackets }: LaneLimits,
): number {
  const own = packetsTotal * ownShare;
  const expected = Math.max(followers, Math.ceil(own / packetsPerTshark) - 1, 0);
  const all = own + expected * overlapPackets;
  return all <= 0 ? 0 : Math.min(1, (met * ownShare + followers * overlapPackets) / all);
}

/**
 * How much is done of what lanes share, 0 to 1, by how much of its own work each has done. The slowest decides when all
 * is done, but cores that others leave make it faster: how much cannot be known before, so it is half way between the
 * least share and the mean one. Pure.
 */
export function sharedWork(works: readonly number[]): number {
  if (works.length === 0) return 0;
  const mean = works.reduce((sum, work) => sum + work, 0) / works.length;
  return (Math.min(...works) + mean) / 2;
}
