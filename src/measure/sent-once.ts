import { groupRows } from '../table/group-rows.ts';
import type { Schema } from '../table/schema.ts';
import type { AnyTable } from '../table/table.ts';
import { labelValue } from './label-values.ts';
import { SentBytes, type Segment } from './sent-bytes.ts';

/** What tells the segments of all connections: rows are needed of every packet that takes sequence numbers. */
export const sentOnceSchema = {
  'frame.number': 'uint32',
  'frame.protocols': 'text',
  'ip.src': 'text',
  'ip.dst': 'text',
  'ipv6.src': 'text',
  'ipv6.dst': 'text',
  'tcp.srcport': 'text',
  'tcp.dstport': 'text',
  'tcp.seq': 'uint32',
  'tcp.seq_raw': 'uint32',
  'tcp.nxtseq': 'uint32',
  'tcp.analysis.acks_frame': 'uint32',
} as const satisfies Schema;

/** Selects the packets that take sequence numbers. */
export const segmentFilter = 'tcp.len > 0 or tcp.flags.syn == 1 or tcp.flags.fin == 1';

const directionFields = [
  'frame.protocols',
  'ip.src',
  'ip.dst',
  'ipv6.src',
  'ipv6.dst',
  'tcp.srcport',
  'tcp.dstport',
] as const;

/**
 * Tells the samples whose segment was sent more than once (Karn's algorithm). It was where, up to the ACK, another
 * packet of the same direction of its connection carried any of its sequence numbers: it can then not be known which of
 * them was acknowledged. The segment is the packet that tshark names in `tcp.analysis.acks_frame`.
 *
 * It goes by the sequence numbers themselves, so that a segment of which a part was sent again counts too, and one that
 * was merely late does not.
 */
export class SentOnce {
  readonly #separator: string;
  readonly #directions = new Map<string, SentBytes>();
  /** Those that may yet be acknowledged, by their frame, with the direction that they are of. */
  readonly #segments = new Map<number, { readonly segment: Segment; readonly sent: SentBytes }>();

  constructor(occurrenceSeparator: string) {
    this.#separator = occurrenceSeparator;
  }

  /**
   * @param packets - with the columns of {@link sentOnceSchema}, in the order of the capture
   * @returns for each row 1 where its sample is to be left out
   */
  samplesSentAgain(packets: AnyTable): Uint8Array {
    const sentAgain = new Uint8Array(packets.rowCount);
    const frames = packets.column('frame.number');
    const acked = packets.column('tcp.analysis.acks_frame');
    const directionOf = this.#directionReader(packets);
    for (let row = 0; row < packets.rowCount; row++) {
      const ackedFrame = acked.get(row);
      if (typeof ackedFrame === 'number') sentAgain[row] = Number(!this.#acknowledge(ackedFrame));
      const frame = frames.get(row);
      const direction = directionOf(row);
      if (direction !== null && typeof frame === 'number') this.#send(packets, row, frame, direction);
    }
    return sentAgain;
  }

  /** Whether the segment was sent once; of one that was never seen, nobody can say so. */
  #acknowledge(frame: number): boolean {
    const found = this.#segments.get(frame);
    if (found === undefined) return false;
    for (const { frame: done } of found.sent.acknowledge(found.segment)) this.#segments.delete(done);
    return !found.segment.sentAgain;
  }

  #send(packets: AnyTable, row: number, frame: number, direction: string): void {
    const [seq, raw, next] = ['tcp.seq', 'tcp.seq_raw', 'tcp.nxtseq'].map((name) =>
      packets.column(name).get(row),
    );
    if (typeof seq !== 'number' || typeof raw !== 'number' || typeof next !== 'number') return;
    const length = (next - seq) >>> 0;
    if (length === 0) return;
    // Ports are used again: connections of the same ends differ in the number that tshark counts from.
    const key = `${direction} ${(raw - seq) >>> 0}`;
    let sent = this.#directions.get(key);
    if (sent === undefined) this.#directions.set(key, (sent = new SentBytes()));
    this.#segments.set(frame, { segment: sent.send(frame, raw, length), sent });
  }

  /** The two ends, in their order, worked out once for each set of raw fields; null for a packet that an ICMP error quotes. */
  #directionReader(packets: AnyTable): (row: number) => string | null {
    const keys = directionFields.map((name) => packets.column(name));
    const { groupOf } = groupRows(keys, packets.rowCount);
    const known: (string | null)[] = [];
    return (row) => {
      const group = groupOf[row] ?? 0;
      return (known[group] ??= this.#direction(packets, row));
    };
  }

  #direction(packets: AnyTable, row: number): string | null {
    const field = (name: string) => {
      const text = packets.column(name).get(row);
      return typeof text === 'string' ? text.split(this.#separator) : [];
    };
    const layers = (field('frame.protocols').at(-1) ?? '').split(':');
    const beforeTcp = layers.slice(0, layers.lastIndexOf('tcp') + 1);
    if (beforeTcp.length === 0 || beforeTcp.includes('icmp') || beforeTcp.includes('icmpv6')) return null;
    return (['src', 'src_port', 'dst', 'dst_port'] as const).map((end) => labelValue(end, field)).join(' ');
  }
}
