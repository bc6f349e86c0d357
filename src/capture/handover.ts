import type { GenerationLimits } from './chain-options.ts';
import { Overlap } from './overlap.ts';
import type { PacketBatch } from './packet-batch.ts';
import { PacketClock } from './packet-clock.ts';
import { rowValues } from './row-values.ts';
import type { RowSpan } from './row-span.ts';

/** The time in which an old tshark and a new one are fed the same packets. */
export class Handover {
  readonly #limits: GenerationLimits;
  readonly #valueFields: readonly string[];
  readonly #overlap = new Overlap();
  readonly #clock = new PacketClock();
  #packets = 0;

  constructor(limits: GenerationLimits, valueFields: readonly string[]) {
    this.#limits = limits;
    this.#valueFields = valueFields;
  }

  feed(batch: PacketBatch): void {
    this.#clock.add(batch);
    this.#packets += batch.packets;
  }

  addRows(of: 'old' | 'new', { rows, packets }: RowSpan): void {
    const isCompared = this.trustedFrom !== Infinity;
    this.#overlap.add(of, packets, isCompared ? rowValues(rows, this.#valueFields) : []);
  }

  /** The new one has seen enough to be trusted with the rows from this packet on. */
  get trustedFrom(): number {
    return this.#overlap.trustedFrom;
  }

  /**
   * Null while it is too early for the new one to take over; see {@link Overlap.verdict}.
   *
   * @param nextPacket - the number of the packet that comes next
   */
  verdict(nextPacket: number): { differences: number } | null {
    const { overlapSeconds, packets } = this.#limits;
    const shareOfTime = overlapSeconds > 0 ? this.#clock.elapsedSeconds / overlapSeconds : 1;
    // With so many packets the new one is itself as large as the old one is to become.
    return this.#overlap.verdict({ share: Math.max(shareOfTime, this.#packets / packets), nextPacket });
  }
}
