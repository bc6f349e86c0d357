import type { RowValue } from './row-values.ts';

/** Packet numbers and values of the rows of one tshark, in ascending order of the packets. */
class Seen {
  packets: number[] = [];
  values: RowValue[] = [];
  last = -1;

  forgetBefore(packet: number): void {
    const kept = this.packets.findIndex((number) => number >= packet);
    const count = kept === -1 ? this.packets.length : kept;
    this.packets.splice(0, count);
    this.values.splice(0, count);
  }

  countUpTo(packet: number): number {
    const behind = this.packets.findIndex((number) => number > packet);
    return behind === -1 ? this.packets.length : behind;
  }
}

export interface OverlapProgress {
  /** How much of the overlap that was asked for has gone by: 1 when it is complete. */
  readonly share: number;
  /** The number of the packet that comes next. */
  readonly nextPacket: number;
}

/**
 * Tells when a new tshark, fed the same packets as the old one, can take over: when the rows of both have been the same
 * throughout the second half of the overlap. Where they were not, another half is waited for: a segment that the new
 * one never saw can be acknowledged late. In the end the new one takes over all the same, and it is said in how many
 * rows they differed. Pure.
 */
export class Overlap {
  readonly #old = new Seen();
  readonly #new = new Seen();
  #compareFrom: number | undefined;
  /** The share at which the rows since `compareFrom` are to be compared. */
  #compareAt = 1;

  /**
   * Takes the rows of one of the two as they come.
   *
   * @param values - what is compared; may be left empty while `trustedFrom` is `Infinity`
   */
  add(of: 'old' | 'new', packets: ArrayLike<number>, values: ArrayLike<RowValue>): void {
    const seen = of === 'old' ? this.#old : this.#new;
    for (let i = 0; i < packets.length; i++) {
      const packet = packets[i] ?? -1;
      seen.last = packet;
      if (this.#compareFrom === undefined || packet < this.#compareFrom) continue;
      seen.packets.push(packet);
      seen.values.push(values[i] ?? null);
    }
  }

  /** The new one has seen enough to be trusted with the rows from this packet on, though nobody compared them. */
  get trustedFrom(): number {
    return this.#compareFrom ?? Infinity;
  }

  /** `null`: not yet. Else the new one is to take over now, and so many rows were not the same. */
  verdict({ share, nextPacket }: OverlapProgress): { differences: number } | null {
    if (this.#compareFrom === undefined) {
      if (share >= 0.5) this.#compareFrom = nextPacket;
      return null;
    }
    if (share < this.#compareAt) return null;
    const isLast = share >= longestShare;
    const comparable = Math.min(this.#old.last, this.#new.last);
    // Where neither has given a row there may be none to give, or both may be slow: that can be told later only.
    const isSilent = this.#old.packets.length === 0 && share >= this.#compareAt + silentShare;
    if (comparable < this.#compareFrom && !isSilent && !isLast) return null;
    const differences = this.#differences(comparable);
    if (differences === 0 || isLast) return { differences };
    this.#compareFrom = nextPacket;
    this.#old.forgetBefore(nextPacket);
    this.#new.forgetBefore(nextPacket);
    this.#compareAt = share + 0.5;
    return null;
  }

  #differences(upTo: number): number {
    const olds = new Map<number, RowValue>();
    const count = this.#old.countUpTo(upTo);
    for (let i = 0; i < count; i++) olds.set(this.#old.packets[i] ?? -1, this.#old.values[i] ?? null);
    let differences = 0;
    const newCount = this.#new.countUpTo(upTo);
    for (let i = 0; i < newCount; i++) {
      const packet = this.#new.packets[i] ?? -1;
      const value = this.#new.values[i] ?? null;
      if (!olds.has(packet) || !Object.is(olds.get(packet), value)) differences += 1;
      olds.delete(packet);
    }
    return differences + olds.size;
  }
}

/** Of the overlap that was asked for. */
const longestShare = 6;
const silentShare = 1;
