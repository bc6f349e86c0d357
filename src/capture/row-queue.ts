import type { Columns } from '../table/columns.ts';
import { concat } from '../table/concat.ts';
import type { Schema } from '../table/schema.ts';
import { Table, type AnyTable } from '../table/table.ts';
import { take } from '../table/take.ts';
import { rowsBefore, rowsFrom, type RowSpan } from './row-span.ts';

/** Rows of one shard that wait for those of others. Pure. */
export class RowQueue {
  #spans: RowSpan[] = [];

  /** @param span - whose rows with a negative number are left out */
  add(span: RowSpan): void {
    const packets = withoutMarks(span);
    if (packets.packets.length > 0) this.#spans.push(packets);
  }

  /** Takes the rows of packets before that one. */
  takeBefore(packet: number): RowSpan[] {
    const taken: RowSpan[] = [];
    const left: RowSpan[] = [];
    for (const span of this.#spans) {
      const [before, after] = [rowsBefore(span, packet), rowsFrom(span, packet)];
      if (before.packets.length > 0) taken.push(before);
      if (after.packets.length > 0) left.push(after);
    }
    this.#spans = left;
    return taken;
  }
}

/** The rows of all spans in the order of their packets; null where there are none. Pure. */
export function inPacketOrder(spans: readonly RowSpan[]): RowSpan | null {
  const [first, ...others] = spans;
  if (first === undefined) return null;
  if (others.length === 0) return first;
  const all = concat(
    columnsOf(first.rows),
    others.map(({ rows }) => columnsOf(rows)),
  );
  const packets = new Float64Array(spans.reduce((sum, span) => sum + span.packets.length, 0));
  let at = 0;
  for (const span of spans) {
    packets.set(span.packets, at);
    at += span.packets.length;
  }
  if (isAscending(packets)) return { rows: new Table(all), packets };
  const order = Uint32Array.from(packets, (_, i) => i).sort((a, b) => (packets[a] ?? 0) - (packets[b] ?? 0));
  return { rows: new Table(take(all, order)), packets: Float64Array.from(order, (row) => packets[row] ?? 0) };
}

function withoutMarks(span: RowSpan): RowSpan {
  const { rows, packets } = span;
  let marks = 0;
  for (const packet of packets) if (packet < 0) marks += 1;
  if (marks === 0) return span;
  const wanted = new Uint32Array(packets.length - marks);
  let count = 0;
  for (const [row, packet] of packets.entries()) if (packet >= 0) wanted[count++] = row;
  const kept = wanted.at(-1) === count - 1 ? rows.slice(0, count) : new Table(take(columnsOf(rows), wanted));
  return { rows: kept, packets: packets.filter((packet) => packet >= 0) };
}

function columnsOf(rows: AnyTable): Columns<Schema> {
  return Object.fromEntries(rows.columnNames.map((name) => [name, rows.column(name)]));
}

function isAscending(numbers: Float64Array): boolean {
  for (let i = 1; i < numbers.length; i++) if ((numbers[i] ?? 0) < (numbers[i - 1] ?? 0)) return false;
  return true;
}
