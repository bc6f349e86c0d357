/** Whether and where a redirect is followed. Pure: sends nothing. */

import { RttsharkError } from '../errors.ts';
import { shownUrl } from './gateway-url.ts';
import type { GatewayRequest, GatewayResponse, TlsOptions } from './handler.ts';
import { serverWords, shortWords } from './server-words.ts';

const statuses = new Set([301, 302, 303, 307, 308]);
const most = 5;

/**
 * The request that follows a redirect, with the same method and body whatever its status.
 *
 * @param followed - how many redirects were followed before this one
 * @returns undefined where the answer is no redirect, or redirects are to be refused
 * @throws RttsharkError `gateway_refused` after five redirects, and where following would leave https or http
 */
export function redirectedRequest(
  request: GatewayRequest,
  response: GatewayResponse,
  followed: number,
): GatewayRequest | undefined {
  const location = response.headers['location'];
  if (request.redirect !== 'follow' || !isRedirect(response.status) || location === undefined)
    return undefined;
  const url = target(location, request.url);
  if (url === undefined) {
    throw refused(
      request,
      response,
      `redirects to "${shownLocation(location)}", which is no http or https URL`,
    );
  }
  if (request.url.protocol === 'https:' && url.protocol === 'http:') {
    throw refused(request, response, `redirects from https to plain "${shownUrl(url)}"`);
  }
  if (followed >= most) {
    throw refused(
      request,
      response,
      `redirects more than ${most} times, the last time to "${shownUrl(url)}"`,
    );
  }
  const foreign = url.origin !== request.url.origin;
  return {
    ...request,
    url,
    headers: foreign ? withoutCredentials(request.headers) : request.headers,
    tls: foreign ? withoutIdentity(request.tls) : request.tls,
  };
}

/** Whether a status asks to send the request elsewhere. */
export function isRedirect(status: number): boolean {
  return statuses.has(status);
}

/** A Location as messages quote it: short, and without user name, password and query. */
export function shownLocation(location: string): string {
  const url = target(location, undefined);
  return shortWords(
    url === undefined ? location.replace(/[?#].*$/s, '').replace(/^.*@/s, '') : shownUrl(url),
  );
}

function target(location: string, base: URL | undefined): URL | undefined {
  try {
    const url = new URL(location, base);
    url.username = '';
    url.password = '';
    url.hash = '';
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
  } catch {
    return undefined;
  }
}

/** Another origin is another server: it gets neither the password nor the certificate of the first. */
function withoutCredentials(headers: GatewayRequest['headers']): GatewayRequest['headers'] {
  const secret = new Set(['authorization', 'proxy-authorization', 'cookie']);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !secret.has(name.toLowerCase())));
}

function withoutIdentity(tls: TlsOptions | undefined): TlsOptions | undefined {
  return tls && { ca: tls.ca, skipVerify: tls.skipVerify };
}

function refused(request: GatewayRequest, response: GatewayResponse, what: string): RttsharkError {
  return new RttsharkError('gateway_refused', `The server at "${shownUrl(request.url)}" ${what}.`, {
    detail: serverWords(response.body, response.headers['content-type']),
    hint: 'Give the address at which the Pushgateway itself answers.',
  });
}
