import { carryingLayer, occurrenceAt } from './address-pair.ts';
import type { LabelName } from './labels.ts';

/** All occurrences of a text field in one packet; none where it is absent. */
export type FieldReader = (field: string) => readonly string[];

/** The value of one label for the packet that carries an ACK; '' where the packet has none. */
export function labelValue(label: LabelName, field: FieldReader): string {
  switch (label) {
    case 'src':
    case 'dst':
      return address(label, field);
    case 'src_port':
      return field('tcp.srcport').at(-1) ?? '';
    case 'dst_port':
      return field('tcp.dstport').at(-1) ?? '';
    case 'stream':
      return field('tcp.stream').at(-1) ?? '';
    case 'interface':
      return field('frame.interface_name').at(-1) ?? field('frame.interface_id').at(-1) ?? '';
  }
}

function address(end: 'src' | 'dst', field: FieldReader): string {
  const seen = { ip: field(`ip.${end}`).length, ipv6: field(`ipv6.${end}`).length };
  const layer = carryingLayer(field('frame.protocols').at(-1) ?? '', seen);
  return layer === null ? '' : occurrenceAt(field(`${layer.family}.${end}`), layer);
}
