import type { Schema } from '../table/schema.ts';
import type { Table } from '../table/table.ts';

export interface OverlapSpan {
  /** The older tshark's own packets are those behind `from` up to `upTo`, by their numbers in the share. */
  readonly from: number;
  readonly upTo: number;
  /** Rows of the last half of so many packets are compared. */
  readonly length: number;
}

/**
 * The last rows of a tshark, to be compared with those of the one that follows it and has been given the same packets:
 * where they are the same, that one has seen enough to be trusted with the packets behind. Pure.
 */
export class PacketOverlap<S extends Schema> {
  readonly #compareFrom: number;
  readonly #span: OverlapSpan;
  readonly #older = new Map<number, string>();
  #newer = new Map<number, string>();

  constructor(span: OverlapSpan) {
    this.#span = span;
    this.#compareFrom = span.upTo - Math.ceil(span.length / 2);
  }

  /** Takes rows of the older one. @param own - the packets' numbers in the share, ascending */
  keep(packets: Table<S>, own: Uint32Array): void {
    if ((own.at(-1) ?? 0) <= this.#compareFrom) return;
    remember(packets, own, this.#older, this.#compareFrom, this.#span.upTo);
  }

  /** Takes rows of the newer one. @returns how many of them are the older one's own, the first ones */
  compare(packets: Table<S>, own: Uint32Array): number {
    remember(packets, own, this.#newer, this.#compareFrom, this.#span.upTo);
    const fresh = own.findIndex((number) => number > this.#span.upTo);
    return fresh === -1 ? own.length : fresh;
  }

  /** In how many rows the two differ. What the newer one gave is forgotten: the next one may be compared. */
  differences(): number {
    const newer = this.#newer;
    this.#newer = new Map();
    let differences = 0;
    for (const [number, row] of this.#older) if (newer.get(number) !== row) differences += 1;
    for (const number of newer.keys()) if (!this.#older.has(number)) differences += 1;
    return differences;
  }
}

function remember<S extends Schema>(
  packets: Table<S>,
  own: Uint32Array,
  into: Map<number, string>,
  behind: number,
  upTo: number,
): void {
  const names = Object.keys(packets.schema).filter((name) => name !== 'frame.number');
  for (let row = 0; row < own.length; row++) {
    const number = own[row] ?? 0;
    if (number <= behind || number > upTo) continue;
    into.set(number, names.map((name) => String(packets.column(name).get(row))).join('\t'));
  }
}
