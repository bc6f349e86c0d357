import { carriedPairOf } from './carried-pair.ts';
import { flowClass, flowOf, fragmentPairOf } from './flow-class.ts';
import type { PacketWalk } from './packet-walk.ts';
import { walkFile } from './walk-file.ts';

/**
 * The pairs of addresses, as `fragmentPairOf` numbers them, whose connections a capture file may have packets of that
 * belong to no flow that can be told: TCP segments in fragments, and what looks like one in a tunnel. Walks
 * over the whole file.
 *
 * @throws OddCapture where its packets cannot be walked over; the reason of `signal` where it is aborted; system errors
 */
export async function pairsApart(path: string, signal: AbortSignal): Promise<Set<number>> {
  const pairs = new Set<number>();
  await walkFile(path, signal, (walk) => {
    const pair = pairApart(walk);
    if (pair >= 0) pairs.add(pair);
    return false;
  });
  return pairs;
}

/** That of a walk's current packet; -1 where there is none. */
export function pairApart({ bytes, dataAt, dataEnd, linkType }: PacketWalk): number {
  const flow = flowOf(bytes, dataAt, dataEnd, linkType);
  if (flow === flowClass.fragment) return fragmentPairOf(bytes, dataAt, dataEnd, linkType);
  return flow === flowClass.rest ? carriedPairOf(bytes, dataAt, dataEnd) : -1;
}
