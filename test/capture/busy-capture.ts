import { milliseconds, seconds } from '../../fixtures/pcap/durations.ts';
import { inTimeOrder, linkType, type Frame } from '../../fixtures/pcap/frame.ts';
import { pcapFile } from '../../fixtures/pcap/pcap-file.ts';
import { randomConversation } from '../../fixtures/pcap/random-conversation.ts';
import { Random } from '../../fixtures/pcap/random.ts';
import { framesOf, type TcpSegment } from '../../fixtures/pcap/tcp-segment.ts';

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
export function busyFrames(options: BusyOptions): Frame[] {
  return inTimeOrder(...segmentsOfAll(options).map((segments) => framesOf(segments)));
}

/** The segments by themselves, in order of time. */
export function busySegments(options: BusyOptions): TcpSegment[] {
  return segmentsOfAll(options)
    .flat()
    .sort((a, b) => Number(a.timeNs - b.timeNs));
}

function segmentsOfAll({ seed, connections, steps }: BusyOptions): (readonly TcpSegment[])[] {
  const random = new Random(seed);
  return Array.from({ length: connections }, (_, index) => {
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
    return conversation.segments;
  });
}

/** The same as a pcap file, cut to the headers as a live capture is. */
export function busyCapture(options: BusyOptions): Buffer {
  return pcapFile(busyFrames(options), { linkType: linkType.ethernet, snapLength: 128, nanoseconds: true });
}
