import { milliseconds, seconds } from '../../fixtures/pcap/durations.ts';
import { inTimeOrder, linkType, type Frame } from '../../fixtures/pcap/frame.ts';
import { pcapFile } from '../../fixtures/pcap/pcap-file.ts';
import { randomConversation } from '../../fixtures/pcap/random-conversation.ts';
import { Random } from '../../fixtures/pcap/random.ts';
import { framesOf } from '../../fixtures/pcap/tcp-segment.ts';

export interface BusyOptions {
  readonly seed: number;
  readonly connections: number;
  /** Exchanges, bursts, … of each connection: about three packets each. */
  readonly steps: number;
}

/**
 * Many connections at once, over some seconds of their own time, with retransmissions, reordering and answers that take
 * up to a third of a second.
 */
export function busyFrames({ seed, connections, steps }: BusyOptions): Frame[] {
  const random = new Random(seed);
  const all = Array.from({ length: connections }, (_, index) => {
    const isSlow = index % 4 === 0;
    const conversation = randomConversation(random, {
      client: { address: `10.0.${index >> 6}.${10 + (index & 63)}`, port: 40_000 + index },
      server: { address: `192.0.2.${1 + (index % 9)}`, port: 443 },
      startNs: seconds(1_700_000_000) + milliseconds(random.integer(0, 2000)),
      steps,
      serverDelayNs: () => milliseconds(isSlow ? random.integer(50, 330) : random.integer(1, 20)),
      clientDelayNs: () => milliseconds(random.integer(1, 3)),
      pauseNs: () => milliseconds(random.integer(1, 40)),
      impairments: true,
      retransmissions: true,
    });
    return framesOf(conversation.segments);
  });
  return inTimeOrder(...all);
}

/** The same as a pcap file, cut to the headers as a live capture is. */
export function busyCapture(options: BusyOptions): Buffer {
  return pcapFile(busyFrames(options), { linkType: linkType.ethernet, snapLength: 128, nanoseconds: true });
}
