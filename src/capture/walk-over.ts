import { readSync } from 'node:fs';
import type { PacketWalk } from './packet-walk.ts';
import { PcapWalk } from './pcap-walk.ts';
import { PcapngWalk } from './pcapng-walk.ts';

/**
 * The walk over an open file, by its first bytes. What is no pcapng is taken for pcap, whose walk refuses what it is not.
 *
 * @param file - descriptor; stays open
 */
export function walkOver(file: number): PacketWalk {
  const start = Buffer.alloc(4);
  readSync(file, start, 0, 4, 0);
  return start.readUInt32LE(0) === 0x0a0d0d0a ? new PcapngWalk(file) : new PcapWalk(file);
}
