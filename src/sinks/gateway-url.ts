/** The address of a Pushgateway, as users write it. */

import { RttsharkError } from '../errors.ts';

/**
 * Parses the address of a gateway.
 *
 * @param address - `http://host:9091`, `https://host/some/prefix/`, or `host:9091` (http is then assumed)
 * @returns the URL without trailing slashes in its path beyond the first
 * @throws RttsharkError `usage` for another scheme, user names and passwords, a query, a fragment, or nonsense.
 *   What is said never repeats a password.
 */
export function parseGatewayUrl(address: string): URL {
  const text = address.trim();
  // Before anything else, so that no later message can quote what stands before the @.
  if (text.includes('@')) {
    throw new RttsharkError('usage', 'The gateway URL holds an "@", as a user name and password would.', {
      hint: 'Give credentials by their own options, which keep them out of logs and process lists; write an "@" of the path as %40.',
    });
  }
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    throw new RttsharkError('usage', `The gateway URL "${text}" has the scheme "${scheme}".`, {
      hint: 'A Pushgateway speaks http or https.',
    });
  }
  if (/[?#]/.test(text)) {
    throw new RttsharkError('usage', 'The gateway URL has a query or a fragment.', {
      hint: 'Give the address only, such as http://host:9091; rttshark adds the path of the group.',
    });
  }
  const url = parsed(scheme === undefined ? `http://${text}` : text);
  if (url === undefined) {
    throw new RttsharkError('usage', `The gateway URL "${text}" is not valid.`, {
      hint: 'Write it as http://host:9091, https://host/prefix or host:9091.',
    });
  }
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

/** The URL of a group: the gateway's own path, then `path`. */
export function withPath(gateway: URL, path: string): URL {
  const url = new URL(gateway);
  url.pathname = url.pathname.replace(/\/+$/, '') + path;
  return url;
}

/** The address as messages quote it. */
export function shownUrl(url: URL): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  shown.search = '';
  shown.hash = '';
  return shown.href.replace(/\/$/, '');
}

function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
