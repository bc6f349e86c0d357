import { packetBytes } from '../../src/packets/packet-bytes.ts';
import type { RawPacket } from '../../src/packets/capture-source.ts';

/** An Ethernet frame with a datagram from 10.0.0.1 to 10.0.0.2, port 5001, with a payload of so many bytes. */
export function datagram(payloadBytes: number, sourcePort = 5000): Buffer {
  const frame = Buffer.alloc(42 + payloadBytes);
  frame.set([2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 0x45]);
  frame.writeUInt16BE(28 + payloadBytes, 16);
  frame.set([64, 17], 22);
  frame.set([10, 0, 0, 1, 10, 0, 0, 2], 26);
  frame.writeUInt16BE(sourcePort, 34);
  frame.writeUInt16BE(5001, 36);
  frame.writeUInt16BE(8 + payloadBytes, 38);
  return frame;
}

/** Datagrams without an end, a millisecond apart, as fast as they are taken; others get their turn in between. */
export async function* endlessPackets(): AsyncGenerator<RawPacket, void, undefined> {
  for (let number = 0; ; number++) {
    if (number % 64 === 0) await new Promise((resolve) => setImmediate(resolve));
    yield { data: datagram(number % 50), timeNs: 1_700_000_000_000_000_000n + BigInt(number) * 1_000_000n };
  }
}

/** The same as a capture's bytes. */
export function endlessBytes(): AsyncGenerator<Buffer, void, undefined> {
  return packetBytes({ packets: endlessPackets() });
}
