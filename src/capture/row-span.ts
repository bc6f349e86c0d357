import type { AnyTable } from '../table/table.ts';

/** The column with a packet's number within what its tshark was fed: 1 for the first. */
export const frameField = 'frame.number';

/** Rows of one tshark, with the numbers of their packets in the whole capture, 0 for the first. */
export interface RowSpan {
  readonly rows: AnyTable;
  /** Ascending. */
  readonly packets: Float64Array;
}

/** @param base - the number of the packet that this tshark calls 1 */
export function rowSpan(rows: AnyTable, base: number): RowSpan {
  const frames = rows.column(frameField).values as Uint32Array;
  return { rows, packets: Float64Array.from(frames, (frame) => base + frame - 1) };
}

/** The number of the last row's packet; -1 where there is no row. */
export function lastPacket({ packets }: RowSpan): number {
  return packets.at(-1) ?? -1;
}

/** The rows of packets from `first` on. */
export function rowsFrom(span: RowSpan, first: number): RowSpan {
  return part(span, firstAtLeast(span.packets, first), span.packets.length);
}

/** The rows of packets before `end`. */
export function rowsBefore(span: RowSpan, end: number): RowSpan {
  return part(span, 0, firstAtLeast(span.packets, end));
}

function part(span: RowSpan, start: number, end: number): RowSpan {
  if (start === 0 && end === span.packets.length) return span;
  return { rows: span.rows.slice(start, end), packets: span.packets.subarray(start, end) };
}

function firstAtLeast(sorted: Float64Array, wanted: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Infinity) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
