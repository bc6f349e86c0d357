import type { PacketWalk } from './packet-walk.ts';
import type { FoundPacket } from './found-packet.ts';
import type { TcpEnds } from './tcp-ends.ts';

/** What a batch of packets tells of itself, one element a packet. */
export interface PacketNotes {
  readonly seconds: Uint32Array<ArrayBuffer>;
  readonly nanoseconds: Uint32Array<ArrayBuffer>;
  /** Twice the connection's number, one more where the packet goes the other way; or {@link notNoted}. */
  readonly ends: Uint32Array<ArrayBuffer>;
  /** The connections of this batch: {@link connectionBytes} each. */
  readonly connections: Uint8Array<ArrayBuffer>;
}

/** In the place of ends: nothing can be told of the packet without dissecting it. */
export const notNoted = 0xffff_ffff;

/** Family (4 or 6), three bytes of nothing, both ports, both addresses in 16 bytes each. */
export const connectionBytes = 40;
export const portsAt = 4;
export const addressesAt = [8, 24] as const;

const firstPackets = 1024;
const firstConnections = 64;

/**
 * Notes of packets, on their way to a tshark, what it would print of them: time, addresses and ports. What need not be
 * printed costs nothing, and the bytes are at hand here. A batch stands for itself, so that nothing grows.
 */
export class PacketNoter {
  #seconds = new Uint32Array(firstPackets);
  #nanoseconds = new Uint32Array(firstPackets);
  #ends = new Uint32Array(firstPackets);
  #count = 0;
  #connections = new Uint8Array(firstConnections * connectionBytes);
  #connectionCount = 0;
  /** The first connection with this number of a flow, and for each one the next with the same. */
  readonly #firstOf = new Map<number, number>();
  readonly #nextOf: number[] = [];

  note(walk: PacketWalk, { flow, hasTime, hasEnds, ends }: FoundPacket): void {
    const at = this.#count;
    if (at === this.#ends.length) this.#grow();
    this.#count = at + 1;
    if (!hasTime || !hasEnds) {
      this.#ends[at] = notNoted;
      return;
    }
    this.#seconds[at] = walk.seconds;
    this.#nanoseconds[at] = walk.nanoseconds;
    this.#ends[at] = this.#endsOf(walk.bytes, flow, ends);
  }

  /** What has been noted since the last time. */
  take(): PacketNotes {
    const count = this.#count;
    const taken = {
      seconds: this.#seconds.slice(0, count),
      nanoseconds: this.#nanoseconds.slice(0, count),
      ends: this.#ends.slice(0, count),
      connections: this.#connections.slice(0, this.#connectionCount * connectionBytes),
    };
    this.forget();
    return taken;
  }

  forget(): void {
    this.#count = 0;
    this.#connectionCount = 0;
    this.#firstOf.clear();
    this.#nextOf.length = 0;
  }

  #endsOf(bytes: Uint8Array, flow: number, ends: TcpEnds): number {
    const { isIpv6, source, destination, ports } = ends;
    const first = this.#firstOf.get(flow);
    for (let known = first; known !== undefined && known >= 0; known = this.#nextOf[known]) {
      if (this.#is(known, bytes, isIpv6, source, destination, ports, ports + 2)) return known * 2;
      if (this.#is(known, bytes, isIpv6, destination, source, ports + 2, ports)) return known * 2 + 1;
    }
    const added = this.#connectionCount++;
    this.#nextOf[added] = first ?? -1;
    this.#firstOf.set(flow, added);
    this.#write(added, bytes, ends);
    return added * 2;
  }

  #is(
    known: number,
    bytes: Uint8Array,
    isIpv6: boolean,
    one: number,
    other: number,
    port: number,
    otherPort: number,
  ): boolean {
    const own = this.#connections;
    const at = known * connectionBytes;
    if ((own[at] === 6) !== isIpv6) return false;
    const length = isIpv6 ? 16 : 4;
    return (
      isSame(own, at + portsAt, bytes, port, 2) &&
      isSame(own, at + portsAt + 2, bytes, otherPort, 2) &&
      isSame(own, at + addressesAt[0], bytes, one, length) &&
      isSame(own, at + addressesAt[1], bytes, other, length)
    );
  }

  #write(added: number, bytes: Uint8Array, { isIpv6, source, destination, ports }: TcpEnds): void {
    const at = added * connectionBytes;
    if (at === this.#connections.length) this.#connections = twice(this.#connections);
    const length = isIpv6 ? 16 : 4;
    this.#connections[at] = isIpv6 ? 6 : 4;
    this.#connections.set(bytes.subarray(ports, ports + 4), at + portsAt);
    this.#connections.set(bytes.subarray(source, source + length), at + addressesAt[0]);
    this.#connections.set(bytes.subarray(destination, destination + length), at + addressesAt[1]);
  }

  #grow(): void {
    this.#seconds = twice(this.#seconds);
    this.#nanoseconds = twice(this.#nanoseconds);
    this.#ends = twice(this.#ends);
  }
}

function isSame(one: Uint8Array, at: number, other: Uint8Array, otherAt: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (one[at + i] !== other[otherAt + i]) return false;
  return true;
}

function twice<A extends Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>(array: A): A {
  const larger = (array instanceof Uint8Array
    ? new Uint8Array(array.length * 2)
    : new Uint32Array(array.length * 2)) as unknown as A;
  larger.set(array);
  return larger;
}
