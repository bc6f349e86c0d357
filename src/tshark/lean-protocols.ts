/**
 * Protocols above UDP and TCP in which a packet with a TCP segment of its own can travel: tunnels, encapsulations,
 * copies of captured frames. They were found by following the calls of tshark's dissectors down to that of TCP;
 * one too many costs nothing where its packets do not occur.
 */
const carriers: ReadonlySet<string> = new Set(
  `acdr actrace amt ayiya bat bat.gw bat.vis capwap capwap.data cflow cpfi dvb-s2_modeadapt e100 fcip fp fp_mux geneve
  gprs-ns gre gsmtap gtp gtpprime ieee1722 ifcp infiniband jmirror kdsp l2tp lisp lisp-data llc lwapp lwapp-l3 m3ua
  mac-lte mac-nr mint mip mipv6 mp2t mpls msdp msrcp opa.fe openflow pdcp-lte pdcp-nr peekremote redbackli rftap rlc
  rlc-lte rlc-nr rpcap scop sctp sflow socks tcpencap teredo tipc trel tzsp udpencap uma usbip vxlan vxlan_gpe wassp wg
  wisun.eapol_relay xot zep`.split(/\s+/),
);

/** The versions of tshark whose dissectors were looked through, up to before this one. */
export const firstUnknownVersion = '4.7';

/** Where dissectors sign in for what UDP and TCP carry: the names of their tables and of their lists of guessers. */
const aboveTransport: ReadonlySet<string> = new Set(['tcp.port', 'udp.port']);
const guessersAbove: ReadonlySet<string> = new Set(['tcp', 'udp']);

/**
 * The protocols to disable: those that UDP and TCP hand their payload to, but carriers. All else stays enabled: what is
 * below TCP, and what can be reached through the disabled ones only. Pure.
 *
 * @param decodes - what `tshark -G decodes` prints: lines of table, selector, protocol
 * @param heuristics - what `tshark -G heuristic-decodes` prints: lines of carrying protocol, protocol, on or off
 * @returns sorted names; none where these are no such lists
 */
export function needlessProtocols(decodes: string, heuristics: string): string[] {
  const names = new Set<string>();
  for (const line of decodes.split('\n')) {
    const [table = '', , protocol] = line.split('\t');
    if (protocol !== undefined && aboveTransport.has(table)) names.add(protocol);
  }
  for (const line of heuristics.split('\n')) {
    const [below = '', protocol] = line.split('\t');
    if (protocol !== undefined && guessersAbove.has(below)) names.add(protocol);
  }
  return [...names].filter((name) => name !== '' && !carriers.has(name)).sort();
}
