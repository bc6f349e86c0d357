/** The address of a remote-write receiver, as users write it. */

import { RttsharkError } from '../errors.ts';

/** Where Prometheus and VictoriaMetrics take writes. */
const usualPath = '/api/v1/write';

/**
 * Parses the address of a remote-write receiver.
 *
 * @param address - `http://host:9090/api/v1/write`, with any path and query; where there is no path,
 *   `/api/v1/write` is taken, and where there is no scheme, http
 * @throws RttsharkError `usage` for another scheme, user names and passwords, a fragment, or nonsense. What is said
 *   never repeats a password or a query.
 */
export function parseReceiverUrl(address: string): URL {
  const text = address.trim();
  const [whole = ''] = text.split('?');
  // Before anything else, so that no later message can quote what stands before the @.
  if (whole.includes('@')) {
    throw new RttsharkError(
      'usage',
      'The remote-write URL holds an "@", as a user name and password would.',
      {
        hint: 'Give credentials by their own options, which keep them out of logs and process lists; write an "@" of the path as %40.',
      },
    );
  }
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    throw new RttsharkError('usage', `The remote-write URL "${whole}" has the scheme "${scheme}".`, {
      hint: 'Remote write is spoken over http or https.',
    });
  }
  const url = parsed(scheme === undefined ? `http://${text}` : text);
  if (url?.hash !== '') {
    throw new RttsharkError('usage', `The remote-write URL "${whole}" is not valid.`, {
      hint: 'Write it as http://host:9090/api/v1/write, without a fragment.',
    });
  }
  if (url.pathname === '/') url.pathname = usualPath;
  return url;
}

function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
