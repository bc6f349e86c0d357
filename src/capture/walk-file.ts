import { closeSync, openSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { walkStep, type PacketWalk } from './packet-walk.ts';
import { walkOver } from './walk-over.ts';

/**
 * Walks over a capture file until it is at a packet that was looked for, a megabyte at a time: other work goes on
 * meanwhile.
 *
 * @param isIt - is asked of each packet
 * @returns whether there was one
 * @throws OddCapture where its packets cannot be walked over; the reason of `signal` where it is aborted; system errors
 */
export async function walkFile(
  path: string,
  signal: AbortSignal,
  isIt: (walk: PacketWalk) => boolean,
): Promise<boolean> {
  const file = openSync(path, 'r');
  try {
    const walk = walkOver(file);
    for (;;) {
      const step = walk.step();
      if (step === walkStep.packet) {
        if (isIt(walk)) return true;
      } else if (step === walkStep.starved) {
        await setImmediate(undefined, { signal });
        if (!walk.readMore()) return false;
      }
    }
  } finally {
    closeSync(file);
  }
}
