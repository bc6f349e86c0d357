import ipaddr from 'ipaddr.js';
import { RttsharkError } from '../errors.ts';
import { parseAddress } from './parse-address.ts';

/** How many bits of an address tell its network. */
export interface NetworkPrefix {
  /** 0 to 32, which leaves addresses whole. */
  readonly ipv4: number;
  /** 0 to 128, which leaves addresses whole. */
  readonly ipv6: number;
}

/**
 * Reads the lengths of the prefixes that hosts are put together by: `24,64` for IPv4 and IPv6, or `24` for IPv4 alone,
 * which leaves the addresses of IPv6 whole.
 *
 * @throws RttsharkError `usage` for anything else
 */
export function parsePrefix(text: string): NetworkPrefix {
  const [, ipv4, ipv6 = '128'] = /^\s*(\d{1,2})\s*(?:,\s*(\d{1,3})\s*)?$/.exec(text) ?? [];
  if (ipv4 === undefined || Number(ipv4) > 32 || Number(ipv6) > 128) {
    throw new RttsharkError('usage', `"${text}" are not the lengths of network prefixes.`, {
      hint: 'Write that of IPv4, 0 to 32, and that of IPv6, 0 to 128, as in 24,64; or that of IPv4 alone, as in 24.',
    });
  }
  return { ipv4: Number(ipv4), ipv6: Number(ipv6) };
}

/**
 * The network of an address, `10.0.0.0/24` or `2001:db8::/64`, written as RFC 5952 has it. An address that is left
 * whole, and a text that is no address, are given back as they are.
 */
export function networkOf(address: string, { ipv4, ipv6 }: NetworkPrefix): string {
  const parsed = parseAddress(address);
  if (parsed instanceof ipaddr.IPv4) {
    if (ipv4 === 32) return address;
    return `${ipaddr.IPv4.networkAddressFromCIDR(`${parsed.toString()}/${ipv4}`).toString()}/${ipv4}`;
  }
  if (parsed === undefined || ipv6 === 128) return address;
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toNormalizedString()}/${ipv6}`);
  return `${network.toRFC5952String()}/${ipv6}`;
}
