import { closeSync, openSync } from 'node:fs';
import { OddCapture, walkStep } from './packet-walk.ts';
import { walkOver } from './walk-over.ts';

/** What the first megabyte of a capture file tells. */
export interface PacketEstimate {
  /** Why its packets cannot be walked over; null where they can. */
  readonly odd: string | null;
  /** How many packets it has, if all of it is like its beginning; undefined where that cannot be told. */
  readonly packets: number | undefined;
}

/** @param size - bytes of the file */
export function estimatePackets(path: string, size: number): PacketEstimate {
  let file: number | undefined;
  let [packets, bytes] = [0, 0];
  let odd: string | null = null;
  try {
    file = openSync(path, 'r');
    const walk = walkOver(file);
    // What comes before the first packet, too.
    for (let readsLeft = 1; ;) {
      const step = walk.step();
      if (step === walkStep.packet) {
        packets += 1;
        bytes += walk.end - walk.start;
      } else if (step === walkStep.starved && (readsLeft-- === 0 || !walk.readMore())) break;
    }
  } catch (error) {
    // What cannot be read at all, whoever reads it next says better.
    odd = error instanceof OddCapture ? error.message : 'it could not be read';
  } finally {
    if (file !== undefined) closeSync(file);
  }
  return { odd, packets: packets === 0 ? undefined : Math.round(size / (bytes / packets)) };
}
