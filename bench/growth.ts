import type { Tshark } from '../src/tshark/find-tools.ts';
import { alternate, type Result } from './alternate.ts';
import { generated } from './captures.ts';
import { hasShards, rttshark } from './contenders.ts';

/** What so many packets took. */
export interface Growth {
  readonly packets: number;
  readonly results: readonly Result[];
}

const sizes = [10_000, 100_000, 200_000, 400_000, 800_000, 1_600_000, 3_200_000];
/** Each run is long enough by then. */
const fewRunsFrom = 800_000;

/** How time and memory grow with the number of packets: generated captures of 64 connections, each twice the one before. */
export async function growth(tshark: Tshark, runs: number): Promise<Growth[]> {
  const grown: Growth[] = [];
  for (const packets of sizes) {
    const capture = generated(packets);
    const contenders = [
      rttshark('rttshark', capture, tshark),
      ...(hasShards ? [rttshark('rttshark --shards 1', capture, tshark, ['--shards', '1'])] : []),
    ];
    grown.push({
      packets,
      results: await alternate(contenders, packets < fewRunsFrom ? runs : Math.min(runs, 3)),
    });
  }
  return grown;
}
