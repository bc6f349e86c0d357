import { linkType, type Frame } from '../../fixtures/pcap/frame.ts';
import { pcapFile } from '../../fixtures/pcap/pcap-file.ts';

const behind = Buffer.alloc(10_000);

/**
 * A capture in which packets fill megabytes, after each of which a tshark can begin: what stands behind the IP packets in
 * their frames says nothing.
 */
export function bulkyCapture(frames: readonly Frame[]): Buffer {
  const padded = frames.map((frame) => ({ ...frame, bytes: Buffer.concat([frame.bytes, behind]) }));
  return pcapFile(padded, { linkType: linkType.ethernet, nanoseconds: true });
}
