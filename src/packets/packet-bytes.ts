import {
  interfaceDescription,
  packetBlockLength,
  sectionHeader,
  writePacket,
} from '../capture/pcapng-blocks.ts';
import { RttsharkError } from '../errors.ts';
import type { PacketsInput, RawPacket } from './capture-source.ts';

const ethernet = 1;
/** Beyond, tshark takes a capture for damaged. */
const mostPacketBytes = 262_144;

/**
 * Packets in memory as a capture in pcapng, with nanoseconds.
 *
 * @throws RttsharkError `usage` for a packet or a link type that fits none
 */
export async function* packetBytes({
  packets,
  linkType = ethernet,
}: PacketsInput): AsyncGenerator<Buffer, void, undefined> {
  if (!(Number.isInteger(linkType) && linkType >= 0 && linkType <= 0xffff)) {
    throw new RttsharkError('usage', `"${linkType}" is the number of no link type.`, {
      hint: '1 is Ethernet; the list is at https://www.tcpdump.org/linktypes.html.',
    });
  }
  const described = { name: undefined, linkType, snapLength: 0, timeResolution: 9, timeOffsetSeconds: 0n };
  yield Buffer.concat([sectionHeader(), interfaceDescription(described)]);
  for await (const packet of packets)
    yield packetBlock(packet instanceof Uint8Array ? { data: packet } : packet);
}

function packetBlock({ data, timeNs, originalLength = data.length }: RawPacket): Buffer {
  if (data.length > mostPacketBytes) {
    throw new RttsharkError(
      'usage',
      `A packet has ${data.length} bytes: tshark takes ${mostPacketBytes} at most.`,
    );
  }
  if (!(Number.isInteger(originalLength) && originalLength >= data.length && originalLength < 2 ** 32)) {
    throw new RttsharkError(
      'usage',
      `"${originalLength}" is no length of a packet of which ${data.length} bytes are there.`,
    );
  }
  const time = timeNs ?? BigInt(Math.round((performance.timeOrigin + performance.now()) * 1e6));
  if (time < 0n || time >= 1n << 64n)
    throw new RttsharkError('usage', `"${time.toString()}" is no time of a packet.`);
  const block = Buffer.alloc(packetBlockLength(data.length));
  const head = {
    interfaceId: 0,
    timeHigh: Number(time >> 32n),
    timeLow: Number(time & 0xffff_ffffn),
    capturedLength: data.length,
    originalLength,
  };
  writePacket(block, 0, head, data);
  return block;
}
