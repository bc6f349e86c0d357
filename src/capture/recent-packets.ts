import type { PacketBatch } from './packet-batch.ts';

interface Kept {
  /** The number of its first packet. */
  readonly first: number;
  readonly batch: PacketBatch;
}

/**
 * The last packets of a live capture, kept so that a tshark that dies can be replaced by one that has seen the same:
 * the samples that the dead one still owed are not lost.
 */
export class RecentPackets {
  readonly #mostBytes: number;
  readonly #kept: Kept[] = [];
  #bytes = 0;

  /** @param mostBytes - 0 keeps nothing */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** @param first - the number of the batch's first packet */
  add(first: number, batch: PacketBatch): void {
    if (batch.packets === 0) return;
    this.#kept.push({ first, batch });
    this.#bytes += batch.byteLength;
    let excess = 0;
    while (this.#bytes > this.#mostBytes && excess < this.#kept.length) {
      this.#bytes -= this.#kept[excess]?.batch.byteLength ?? 0;
      excess += 1;
    }
    if (excess > 0) this.#kept.splice(0, excess);
  }

  /** The number of the oldest packet that is kept; undefined where none is. */
  get first(): number | undefined {
    return this.#kept[0]?.first;
  }

  batches(): readonly PacketBatch[] {
    return this.#kept.map(({ batch }) => batch);
  }

  clear(): void {
    this.#kept.length = 0;
    this.#bytes = 0;
  }
}
