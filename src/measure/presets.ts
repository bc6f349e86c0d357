import { tcpAckRtt, type FieldUnit, type Measurement } from './measurement.ts';

/** A measurement that has a short name. */
export interface Preset extends Measurement {
  /** As after `--measure`. */
  readonly preset: string;
}

/** Upper bounds in seconds of what waits for an application, which a disk or another host may keep. */
const slowBuckets: readonly number[] = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
];

interface More {
  readonly name?: string;
  readonly fieldUnit?: FieldUnit;
  readonly oncePerConnection?: boolean;
  readonly buckets?: readonly number[];
}

function timed(preset: string, field: string, title: string, more: More = {}): Preset {
  const name = field.replace(/[.-]/g, '_');
  return { preset, name, field, unit: 'seconds', title, ...more };
}

const inMilliseconds = { fieldUnit: 'milliseconds' } as const;

/** What can be measured by a short name, in the order in which it is listed. */
export const presets: readonly Preset[] = [
  { preset: 'tcp', ...tcpAckRtt },
  timed('handshake', 'tcp.analysis.initial_rtt', "time of a TCP connection's handshake, SYN to ACK", {
    name: 'tcp_initial_rtt',
    oncePerConnection: true,
  }),
  timed('dns', 'dns.time', 'time from a DNS query to its response'),
  timed('http', 'http.time', 'time from an HTTP request to its response', { buckets: slowBuckets }),
  timed('icmp', 'icmp.resptime', 'time from an ICMP echo request to its reply', inMilliseconds),
  timed('icmpv6', 'icmpv6.resptime', 'time from an ICMPv6 echo request to its reply', inMilliseconds),
  timed('smb2', 'smb2.time', 'time from an SMB2 request to its response'),
  timed('smb', 'smb.time', 'time from an SMB request to its response'),
  timed('rpc', 'rpc.time', 'time from an ONC RPC call, as of NFS, to its reply'),
  timed('dcerpc', 'dcerpc.time', 'time from a DCE/RPC request to its response'),
  timed('ldap', 'ldap.time', 'time from an LDAP request to its response'),
  timed('radius', 'radius.time', 'time from a RADIUS request to its response'),
  timed('diameter', 'diameter.resp_time', 'time from a Diameter request to its answer'),
  timed('gtp', 'gtp.time', 'time from a GTP request to its response'),
  timed('gtpv2', 'gtpv2.response_time', 'time from a GTPv2 request to its response'),
  timed('pfcp', 'pfcp.response_time', 'time from a PFCP request to its response'),
  timed('sip', 'sip.response-time', 'time from a SIP request to its response', {
    ...inMilliseconds,
    buckets: slowBuckets,
  }),
  timed('snmp', 'snmp.time', 'time from an SNMP request to its response'),
  timed('ntp', 'ntp.delta_time', 'time from an NTP request to its response'),
  timed('stun', 'stun.time', 'time from a STUN request to its response'),
  timed('iscsi', 'iscsi.time', 'time from an iSCSI command to its response'),
  timed('nbd', 'nbd.time', 'time from an NBD request to its reply'),
  timed('modbus', 'modbus.response_time', 'time from a Modbus request to its reply'),
  timed('coap', 'coap.response_time', 'time from a CoAP request to its response'),
  timed('cql', 'cql.response_time', 'time from a CQL (Cassandra) request to its response'),
  timed('imap', 'imap.time', 'time from an IMAP request to its response', { buckets: slowBuckets }),
  timed('ipp', 'ipp.response_time', 'time from an IPP request to its response', { buckets: slowBuckets }),
  timed('sctp', 'sctp.sack_rtt', 'time from an SCTP chunk to its SACK'),
];
