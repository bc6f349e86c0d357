import { networkAt } from './network-layer.ts';

/** Where a packet has the ends of its connection. */
export interface TcpEnds {
  isIpv6: boolean;
  /** Place of the IP header. */
  network: number;
  /** Place of the source's address; 4 or 16 bytes. */
  source: number;
  destination: number;
  /** Of the source's port, which the destination's follows. */
  ports: number;
}

const tcp = 6;

/** To be written to. */
export function noEnds(): TcpEnds {
  return { isIpv6: false, network: 0, source: 0, destination: 0, ports: 0 };
}

/**
 * Finds the ends of a packet for which `flowOf` has told a flow. Pure but for `ends`.
 *
 * @param ends - is written to
 * @returns false where the packet does not carry a TCP segment itself: an ICMP error that quotes one; what is said of the IP
 *   layer is right then too
 */
export function findTcpEnds(
  bytes: Uint8Array,
  {
    dataAt,
    dataEnd,
    linkType,
  }: { readonly dataAt: number; readonly dataEnd: number; readonly linkType: number },
  ends: TcpEnds,
): boolean {
  const place = networkAt(bytes, dataAt, dataEnd, linkType);
  if (place < 0) return false;
  ends.isIpv6 = place % 2 === 1;
  const at = place >> 1;
  ends.network = at;
  if (!ends.isIpv6) {
    ends.source = at + 12;
    ends.destination = at + 16;
    ends.ports = at + 20;
    return bytes[at + 9] === tcp;
  }
  let next = bytes[at + 6] ?? 0;
  let payload = at + 40;
  // Hop-by-hop and destination options.
  while (next === 0 || next === 60) {
    next = bytes[payload] ?? 0;
    payload += ((bytes[payload + 1] ?? 0) + 1) * 8;
  }
  ends.source = at + 8;
  ends.destination = at + 24;
  ends.ports = payload;
  return next === tcp;
}
