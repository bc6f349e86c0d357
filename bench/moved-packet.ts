import { linkType } from '../fixtures/pcap/frame.ts';

/**
 * Moves the addresses of a packet's outermost IP layer by some networks, in place, so that a copy of a conversation is a
 * conversation of its own. Both directions move alike. What is in tunnels stays; checksums, which tshark does not
 * look at unless asked to, stay too.
 */
export function movePacket(bytes: Buffer, link: number, networks: number): void {
  const ip = networkLayer(bytes, link);
  if (ip === null) return;
  const version = (bytes[ip] ?? 0) >> 4;
  const [first, length, moved, multicast] = version === 4 ? [ip + 12, 4, 1, 224] : [ip + 8, 16, 5, 255];
  if ((version !== 4 && version !== 6) || bytes.length < first + 2 * length) return;
  for (const address of [first, first + length]) {
    if ((bytes[address] ?? 0) >= multicast) continue;
    bytes[address + moved] = ((bytes[address + moved] ?? 0) + networks) & 0xff;
  }
}

/** Where the IP layer begins; null where it does not follow the link layer and its tags. */
function networkLayer(bytes: Buffer, link: number): number | null {
  if (link === linkType.rawIp) return 0;
  if (link !== linkType.ethernet) return null;
  let at = 12;
  while (at + 4 < bytes.length && [0x8100, 0x88a8].includes(bytes.readUInt16BE(at))) at += 4;
  if (at + 2 > bytes.length) return null;
  return [0x0800, 0x86dd].includes(bytes.readUInt16BE(at)) ? at + 2 : null;
}
