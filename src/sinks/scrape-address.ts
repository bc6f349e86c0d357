/** Where the scrape endpoint listens, as users write it. */

import { isIPv6 } from 'node:net';
import { RttsharkError } from '../errors.ts';

export interface ListenAddress {
  /** A name or an address, IPv6 without brackets. */
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
}

const defaultHost = '127.0.0.1';
const defaultPort = 9464;

/**
 * Parses the address to listen on.
 *
 * @param text - empty (127.0.0.1:9464), `PORT` or `:PORT` (on 127.0.0.1), `HOST` (at port 9464), `HOST:PORT`, or
 *   `[IPV6]:PORT`
 * @throws RttsharkError `usage` for anything else
 */
export function parseListenAddress(text: string): ListenAddress {
  const address = text.trim();
  if (/^\d+$/.test(address)) return { host: defaultHost, port: parsePort(address, text) };
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/s.exec(address);
  if (bracketed) {
    const [, host = '', port] = bracketed;
    if (!isIPv6(host)) throw invalid(text, 'Brackets are for IPv6 addresses, as in [::1]:9464.');
    return { host, port: parsePort(port, text) };
  }
  const [host = '', port, ...more] = address.split(':');
  if (more.length > 0) {
    throw invalid(text, 'Write an IPv6 address in brackets, as in [::1]:9464; a URL is not needed.');
  }
  if (host === '') return { host: defaultHost, port: parsePort(port, text) };
  if (host === '*') throw invalid(text, 'For all interfaces, write 0.0.0.0 or [::].');
  if (!/^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i.test(host)) throw invalid(text, shape);
  return { host, port: parsePort(port, text) };
}

/** As in a URL. */
export function shownAddress({ host, port }: ListenAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

const shape = 'Write HOST:PORT, as in 127.0.0.1:9464, or the port alone.';

function parsePort(port: string | undefined, text: string): number {
  if (port === undefined) return defaultPort;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw invalid(text, port === '' || /\D/.test(port) ? shape : 'A port is a number from 0 to 65535.');
  }
  return Number(port);
}

function invalid(text: string, hint: string): RttsharkError {
  return new RttsharkError('usage', `"${text}" is no address to listen on.`, { hint });
}
