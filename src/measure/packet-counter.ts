import type { Schema } from '../table/schema.ts';
import { labelFields } from './measurement.ts';
import type { LabelSource } from './labels.ts';

/** Packets that are counted, group by group, beside what is measured. */
export interface PacketCounter {
  /** As in `tcp_retransmissions`: a metric is `rttshark_<name>_total`. */
  readonly name: string;
  /** The field that packets to be counted have. */
  readonly field: string;
  /** It is there in other packets too, and true in those that are meant. */
  readonly isFlag?: boolean | undefined;
  /** What is counted, as a phrase. */
  readonly title: string;
}

/** What tshark's analysis of TCP says of single packets; `src` is who sent the packet. */
export const tcpEvents: readonly PacketCounter[] = [
  { name: 'tcp_retransmissions', field: 'tcp.analysis.retransmission', title: 'retransmitted segments' },
  {
    name: 'tcp_fast_retransmissions',
    field: 'tcp.analysis.fast_retransmission',
    title: 'segments retransmitted after duplicate ACKs',
  },
  {
    name: 'tcp_spurious_retransmissions',
    field: 'tcp.analysis.spurious_retransmission',
    title: 'segments retransmitted though they had been acknowledged',
  },
  { name: 'tcp_duplicate_acks', field: 'tcp.analysis.duplicate_ack', title: 'duplicate ACKs' },
  { name: 'tcp_out_of_order', field: 'tcp.analysis.out_of_order', title: 'segments out of order' },
  {
    name: 'tcp_lost_segments',
    field: 'tcp.analysis.lost_segment',
    title: 'segments before which others were not captured',
  },
  { name: 'tcp_zero_windows', field: 'tcp.analysis.zero_window', title: 'segments with a window of zero' },
  { name: 'tcp_resets', field: 'tcp.flags.reset', isFlag: true, title: 'segments that reset a connection' },
];

/** The display filter that selects the packets of a counter. */
export function counterFilter({ field, isFlag = false }: PacketCounter): string {
  return isFlag ? `${field} == 1` : field;
}

/** The columns that some counters need: text, since the types of such fields are printed differently by version. */
export function counterSchema(counters: readonly PacketCounter[], labels: readonly LabelSource[]): Schema {
  if (counters.length === 0) return {};
  const fields = [...counters.map(({ field }) => field), ...labelFields(labels)];
  return Object.fromEntries(fields.map((field) => [field, 'text'] as const));
}
