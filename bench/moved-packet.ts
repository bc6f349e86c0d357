import { linkType } from '../fixtures/pcap/frame.ts';

/**
 * Moves the addresses of all IP layers of a packet by some networks, in place, so that a copy of a conversation is a
 * conversation of its own: in tunnels too, and in what ICMP quotes. Both directions move alike. Multicast stays, and so do
 * checksums, which tshark does not look at unless asked to.
 */
export function movePacket(bytes: Buffer, link: number, networks: number): void {
  const [type, at] = behindLink(bytes, link);
  new Mover(bytes, networks).behindEtherType(type, at);
}

const ipv4 = 0x0800;
const ipv6 = 0x86dd;
const bridged = 0x6558;
const rawIp4 = 228;
const rawIp6 = 229;
const tags = new Set([0x8100, 0x88a8, 0x9100]);

/** What follows the link layer, as Ethernet numbers it, and where; 0 for what is never IP. */
function behindLink(bytes: Buffer, link: number): [etherType: number, at: number] {
  const type = (at: number) => (at + 2 <= bytes.length ? bytes.readUInt16BE(at) : 0);
  const byVersion = (at: number): [number, number] => [(bytes[at] ?? 0) >> 4 === 6 ? ipv6 : ipv4, at];
  switch (link) {
    case linkType.ethernet:
      return [bridged, 0];
    case linkType.linuxCooked:
      return [type(14), 16];
    case linkType.linuxCooked2:
      return [type(0), 20];
    case linkType.bsdNull:
    case linkType.bsdLoop:
      return byVersion(4);
    case linkType.rawIp:
    case rawIp4:
    case rawIp6:
      return byVersion(0);
    default:
      return [0, 0];
  }
}

/** Goes from layer to layer and moves what it meets; ends where the packet does, or where it knows no further. */
class Mover {
  readonly #bytes: Buffer;
  readonly #networks: number;

  constructor(bytes: Buffer, networks: number) {
    this.#bytes = bytes;
    this.#networks = networks;
  }

  behindEtherType(type: number, at: number): void {
    if (tags.has(type)) this.behindEtherType(this.#pair(at + 2), at + 4);
    else if (type === ipv4 || type === ipv6) this.#ip(at);
    else if (type === bridged) this.behindEtherType(this.#pair(at + 12), at + 14);
    else if (type === 0x8847 || type === 0x8848) this.#behindLabels(at);
    else if (type === 0x8864) this.#pointToPoint(at + 6);
    else if (type === 0x88be) this.behindEtherType(bridged, at + 8);
    else if (type === 0x22eb) this.behindEtherType(bridged, at + ((this.#byte(at + 11) & 1) === 1 ? 20 : 12));
  }

  #ip(at: number): void {
    const version = this.#byte(at) >> 4;
    if (version === 4) this.#ip4(at);
    else if (version === 6) this.#ip6(at);
  }

  #ip4(at: number): void {
    if (at + 20 > this.#bytes.length) return;
    for (const address of [at + 12, at + 16]) if (this.#byte(address) < 224) this.#moveNetwork(address + 1);
    const isFirst = (this.#pair(at + 6) & 0x1fff) === 0;
    if (isFirst) this.#behindIp(this.#byte(at + 9), at + (this.#byte(at) & 15) * 4);
  }

  #ip6(at: number): void {
    if (at + 40 > this.#bytes.length) return;
    for (const address of [at + 8, at + 24]) if (this.#byte(address) < 255) this.#moveNetwork(address + 4);
    this.#behindIp(this.#byte(at + 6), at + 40);
  }

  #behindIp(protocol: number, at: number): void {
    if (protocol === 4 || protocol === 41) this.#ip(at);
    else if (protocol === 0 || protocol === 43 || protocol === 60)
      this.#behindIp(this.#byte(at), at + 8 + this.#byte(at + 1) * 8);
    else if (protocol === 44 && (this.#pair(at + 2) & 0xfff8) === 0) this.#behindIp(this.#byte(at), at + 8);
    else if (protocol === 51) this.#behindIp(this.#byte(at), at + 8 + this.#byte(at + 1) * 4);
    else if (protocol === 47) this.#gre(at);
    else if (protocol === 17) this.#udp(at);
    else if (protocol === 1 && [3, 4, 5, 11, 12].includes(this.#byte(at))) this.#ip(at + 8);
    else if (protocol === 58 && this.#byte(at) < 128) this.#ip(at + 8);
  }

  #gre(at: number): void {
    const flags = this.#byte(at);
    const words = [0x80, 0x20, 0x10].filter((flag) => (flags & flag) !== 0).length;
    const type = this.#pair(at + 2);
    // Without a number to order by, there is no header of ERSPAN's own.
    const inside = type === 0x88be && (flags & 0x10) === 0 ? bridged : type;
    this.behindEtherType(inside, at + 4 + words * 4);
  }

  #udp(at: number): void {
    const inside = at + 8;
    const isPort = (...ports: number[]) =>
      ports.some((port) => [this.#pair(at), this.#pair(at + 2)].includes(port));
    if (isPort(4789, 8472)) this.behindEtherType(bridged, inside + 8);
    else if (isPort(6081))
      this.behindEtherType(this.#pair(inside + 2), inside + 8 + (this.#byte(inside) & 63) * 4);
    else if (isPort(2152) && this.#byte(inside + 1) === 255) this.#userPlane(inside);
    else if (isPort(3544)) this.#ip(inside);
  }

  /** GTP-U with its optional fields, and the headers that these say follow. */
  #userPlane(start: number): void {
    let at = start + 8;
    if ((this.#byte(start) & 7) !== 0) {
      at += 4;
      for (let more = this.#byte(at - 1); more !== 0 && at < this.#bytes.length; more = this.#byte(at - 1))
        at += Math.max(1, this.#byte(at)) * 4;
    }
    this.#ip(at);
  }

  #behindLabels(first: number): void {
    let at = first + 4;
    while (at < this.#bytes.length && (this.#byte(at - 2) & 1) === 0) at += 4;
    this.#ip(at);
  }

  #pointToPoint(at: number): void {
    const protocol = this.#pair(at);
    if (protocol === 0x21 || protocol === 0x57) this.#ip(at + 2);
  }

  #moveNetwork(at: number): void {
    this.#bytes.writeUInt16BE((this.#pair(at) + this.#networks) & 0xffff, at);
  }

  /** 0 beyond the end. */
  #byte(at: number): number {
    return this.#bytes[at] ?? 0;
  }

  #pair(at: number): number {
    return this.#byte(at) * 256 + this.#byte(at + 1);
  }
}
