import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * An IP address, written in whatever way; undefined for any other text.
 *
 * The library alone would read the port `80` as the address 0.0.0.80, and `::10.0.0.1` as `::ffff:10.0.0.1`.
 */
export function parseAddress(text: string): Address | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (!text.includes(':') || !ipaddr.IPv6.isValid(text)) return undefined;
  return ipaddr.IPv6.parse(text.replace(/(?<=:)\d+\.\d+\.\d+\.\d+$/, inGroups));
}

/** The last four bytes of an address, written as an IPv4 address, as two groups of IPv6. */
function inGroups(dotted: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = ipaddr.IPv4.parse(dotted).toByteArray();
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}
