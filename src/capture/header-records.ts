import type { FoundPacket } from './found-packet.ts';
import { OddCapture, type PacketWalk } from './packet-walk.ts';
import { PayloadWatch } from './payload-watch.ts';

/** What a file of such records begins with: pcap with nanoseconds, and packets that begin with IP (LINKTYPE_RAW). */
export const recordsHeader: Uint8Array = fileHeader();

/** A record that is cut short: tshark says of it what it says of any. */
export const cutRecord: Uint8Array = new Uint8Array(8);

const recordHeaderBytes = 16;
const smallestTcpHeaderBytes = 20;

/**
 * Makes a packet's record anew with no more in it than decides what tshark finds out about its connection: without the
 * link layer, and without the payload, unless that may hold another packet. tshark takes lengths from the headers, and
 * what it need not read costs nothing.
 */
export class HeaderRecords {
  readonly #payloads = new PayloadWatch();

  /**
   * Writes the record of the walk's packet over the walk's own bytes, which it may do up to `start`; never more than
   * the packet's record had.
   *
   * @param at - where to, up to the walk's `start`
   * @returns where the record ends
   * @throws OddCapture where the packet's time or length is not certain
   */
  write(walk: PacketWalk, at: number, found: FoundPacket): number {
    if (!found.hasTime) throw new OddCapture('it has a packet with an odd time');
    const { bytes, dataAt } = walk;
    const begin = found.ends.network;
    const original = walk.originalLength - (begin - dataAt);
    const length = this.#end(walk, begin + original, found) - begin;
    const packet = at + recordHeaderBytes;
    bytes.copyWithin(packet, begin, begin + length);
    writeWord(bytes, at, walk.seconds);
    writeWord(bytes, at + 4, walk.nanoseconds);
    writeWord(bytes, at + 8, length);
    writeWord(bytes, at + 12, original);
    return packet + length;
  }

  /** Behind what tshark has to see. */
  #end({ bytes, dataEnd }: PacketWalk, originalEnd: number, { flow, hasEnds, ends }: FoundPacket): number {
    // An ICMP error is shown as it is.
    if (!hasEnds) return dataEnd;
    const { isIpv6, network, ports } = ends;
    const said = word(bytes, network + (isIpv6 ? 4 : 2));
    const reported = network + said + (isIpv6 ? 40 : 0);
    if (said === 0 || reported > originalEnd)
      throw new OddCapture('it has a packet whose length the link layer tells');
    if (ports + smallestTcpHeaderBytes > dataEnd) return dataEnd;
    const headerBytes = ((bytes[ports + 12] ?? 0) >> 4) * 4;
    const from = ports + headerBytes;
    if (headerBytes < smallestTcpHeaderBytes || from > dataEnd || from > reported) return dataEnd;
    const captured = Math.min(reported, dataEnd);
    const isNeeded = this.#payloads.isNeeded(bytes, flow, ports, { from, captured, reported });
    return isNeeded ? dataEnd : from;
  }
}

function fileHeader(): Uint8Array {
  const header = new Uint8Array(24);
  [0xa1b23c4d, 0x0004_0002, 0, 0, 262_144, 101].forEach((value, i) => {
    writeWord(header, i * 4, value);
  });
  return header;
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** Little-endian. */
function writeWord(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
  bytes[at + 2] = value >>> 16;
  bytes[at + 3] = value >>> 24;
}
