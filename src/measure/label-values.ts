import { carryingLayer, occurrenceAt, transportBelow } from './address-pair.ts';
import type { LabelOrigin, LabelSource } from './labels.ts';

/** All occurrences of a text field in one packet; none where it is absent. */
export type FieldReader = (field: string) => readonly string[];

/**
 * The value of one label for a packet with a sample; '' where the packet has none.
 *
 * @param carried - the protocol whose ends are asked for, as `frame.protocols` names it
 */
export function labelValue(source: LabelOrigin, field: FieldReader, carried = 'tcp'): string {
  if (typeof source === 'object') return 'field' in source ? last(field(source.field)) : source.constant;
  switch (source) {
    case 'src':
    case 'dst':
      return address(source, '', field, carried);
    case 'src_name':
    case 'dst_name':
      return address(source === 'src_name' ? 'src' : 'dst', '_host', field, carried);
    case 'src_port':
      return port('srcport', field, carried);
    case 'dst_port':
      return port('dstport', field, carried);
    case 'stream':
      return last(field('tcp.stream'));
    case 'interface':
      return field('frame.interface_name').at(-1) ?? last(field('frame.interface_id'));
    case 'dns_name':
      return last(field('dns.qry.name'));
    case 'http_host':
      return (
        last(field('http.host')) ||
        hostOf(last(field('http.request.full_uri')) || last(field('http.response_for.uri')))
      );
  }
}

/** Fields of labels that some versions of tshark do not have: what they tell is then in the others. */
export const fieldsOfSomeVersions: readonly string[] = ['http.response_for.uri'];

/** The text fields that a label is made of. */
export function fieldsOfLabel(source: LabelOrigin, carried = 'tcp'): readonly string[] {
  if (typeof source === 'object') return 'field' in source ? [source.field] : [];
  switch (source) {
    case 'src':
    case 'dst':
      return addressFields;
    case 'src_name':
    case 'dst_name':
      return nameFields;
    case 'src_port':
      return portFields('srcport', carried);
    case 'dst_port':
      return portFields('dstport', carried);
    case 'stream':
      return ['tcp.stream'];
    case 'interface':
      return ['frame.interface_name', 'frame.interface_id'];
    case 'dns_name':
      return ['dns.qry.name'];
    case 'http_host':
      return ['http.host', 'http.request.full_uri', 'http.response_for.uri'];
  }
}

/** The fields of labels of which a packet has several where it has several answers. */
export function fieldsOfAnswers(labels: readonly LabelSource[]): readonly string[] {
  return labels.flatMap(({ source }) =>
    typeof source === 'object' || source === 'dns_name' || source === 'http_host'
      ? fieldsOfLabel(source)
      : [],
  );
}

const addressFields = ['frame.protocols', 'ip.src', 'ip.dst', 'ipv6.src', 'ipv6.dst'] as const;
const nameFields = [
  'frame.protocols',
  'ip.src_host',
  'ip.dst_host',
  'ipv6.src_host',
  'ipv6.dst_host',
] as const;

/** Of TCP's own fields, the innermost ones are meant, and nothing else need be known. */
function portFields(end: 'srcport' | 'dstport', carried: string): readonly string[] {
  if (carried === 'tcp') return [`tcp.${end}`];
  return ['frame.protocols', `tcp.${end}`, `udp.${end}`, `sctp.${end}`];
}

function port(end: 'srcport' | 'dstport', field: FieldReader, carried: string): string {
  if (carried === 'tcp') return last(field(`tcp.${end}`));
  const transport = transportBelow(last(field('frame.protocols')), carried);
  return transport === null ? '' : last(field(`${transport}.${end}`));
}

function address(end: 'src' | 'dst', form: '' | '_host', field: FieldReader, carried: string): string {
  const occurrences = { ip: field(`ip.${end}${form}`), ipv6: field(`ipv6.${end}${form}`) };
  const seen = { ip: occurrences.ip.length, ipv6: occurrences.ipv6.length };
  const layer = carryingLayer(last(field('frame.protocols')), seen, carried);
  return layer === null ? '' : occurrenceAt(occurrences[layer.family], layer);
}

/** Of the request that is answered, where only its address is known: `http://HOST/…`. */
function hostOf(uri: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(uri)?.[1] ?? '';
}

function last(values: readonly string[]): string {
  return values.at(-1) ?? '';
}
