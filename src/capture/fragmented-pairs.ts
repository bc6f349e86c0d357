import { closeSync, openSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { flowClass, flowOf, fragmentPairOf } from './flow-class.ts';
import { walkStep } from './packet-walk.ts';
import { walkOver } from './walk-over.ts';

/**
 * The pairs of addresses between which a capture file has TCP segments in fragments, as `fragmentPairOf` numbers them. Walks
 * over the whole file, a megabyte at a time: other work goes on meanwhile.
 *
 * @throws OddCapture where its packets cannot be walked over; the reason of `signal` where it is aborted; system errors
 */
export async function fragmentedPairs(path: string, signal: AbortSignal): Promise<Set<number>> {
  const pairs = new Set<number>();
  const file = openSync(path, 'r');
  try {
    const walk = walkOver(file);
    for (;;) {
      const step = walk.step();
      if (step === walkStep.packet) {
        const { bytes, dataAt, dataEnd, linkType } = walk;
        if (flowOf(bytes, dataAt, dataEnd, linkType) === flowClass.fragment)
          pairs.add(fragmentPairOf(bytes, dataAt, dataEnd, linkType));
      } else if (step === walkStep.starved) {
        await setImmediate(undefined, { signal });
        if (!walk.readMore()) return pairs;
      }
    }
  } finally {
    closeSync(file);
  }
}
