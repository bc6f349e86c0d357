import { readSync } from 'node:fs';
import type { PacketWalk, ReadBytes } from './packet-walk.ts';
import { PcapWalk } from './pcap-walk.ts';
import { PcapngWalk } from './pcapng-walk.ts';

const magicBytes = 4;

/**
 * The walk over a capture, by its first bytes. What is no pcapng is taken for pcap, whose walk refuses what it is not.
 *
 * @param from - what reads it, or the descriptor of an open file, which stays open
 */
export function walkOver(from: number | ReadBytes): PacketWalk {
  const read = typeof from === 'number' ? readFile(from) : from;
  const start = Buffer.alloc(magicBytes);
  for (let at = 0; at < magicBytes;) {
    const more = read(start, at, magicBytes - at, at);
    if (more === 0) break;
    at += more;
  }
  return start.readUInt32LE(0) === 0x0a0d0d0a ? new PcapngWalk(read) : new PcapWalk(read);
}

function readFile(file: number): ReadBytes {
  return (into, at, length, offset) => readSync(file, into, at, length, offset);
}
