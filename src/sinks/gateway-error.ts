/** A gateway's answer that is no success, in the user's words. Pure. */

import { RttsharkError, type ErrorCode } from '../errors.ts';
import { shownUrl } from './gateway-url.ts';
import type { GatewayResponse } from './handler.ts';
import { gatewayWords, type PeerWords } from './peer-words.ts';
import { isRedirect, shownLocation } from './redirect.ts';
import { isRetriedStatus } from './retry.ts';
import { serverWords } from './server-words.ts';

const plainHttpToTls = /HTTP request (?:was sent )?to (?:an )?HTTPS (?:server|port)/i;

/**
 * The error for an answer other than 2xx: `gateway_unreachable` (429 and 5xx), `gateway_credentials` (401, 403),
 * `gateway_tls` (plain http was sent to an https port) or `gateway_refused` (the rest).
 *
 * @param url - the URL of the gateway; credentials in it are not shown
 * @param tries - how often the request was sent
 * @param peer - what to call the server; a gateway by default
 */
export function gatewayErrorOfStatus(
  response: GatewayResponse,
  url: URL,
  tries = 1,
  peer: PeerWords = gatewayWords,
): RttsharkError {
  const { status, headers, body } = response;
  const name = `${peer.noun} "${shownUrl(url)}"`;
  const failed = (code: ErrorCode, message: string, hint: string): RttsharkError =>
    new RttsharkError(code, message, { detail: serverWords(body, headers['content-type']), hint });

  if (status === 401 || status === 403)
    return failed('gateway_credentials', ...credentialWords(response, url, name));
  if (isRetriedStatus(status)) {
    const tried = tries > 1 ? `, ${tries} times in a row` : '';
    return failed(
      'gateway_unreachable',
      `The ${name} is not available: it answered ${status}${tried}.`,
      status === 429
        ? 'Push less often, or allow more retries.'
        : "Look into the server's log, or try again later.",
    );
  }
  const location = headers['location'];
  if (isRedirect(status) && location !== undefined) {
    return failed(
      'gateway_refused',
      `The ${name} redirects (${status}) to "${shownLocation(location)}", which was not followed.`,
      'Give the address to which it redirects, or allow redirects to be followed.',
    );
  }
  if (status === 400 && plainHttpToTls.test(body)) {
    return failed('gateway_tls', `The ${name} expects https at this port.`, 'Use https:// in its URL.');
  }
  return failed(
    'gateway_refused',
    `The ${name} refused the request: it answered ${status}.`,
    hintFor(status, peer),
  );
}

function credentialWords(response: GatewayResponse, url: URL, name: string): [message: string, hint: string] {
  const { status, sentCredentials } = response;
  const answered = response.url;
  if (sentCredentials === false && answered !== undefined && answered.origin !== url.origin) {
    return [
      `The ${name} redirects to "${shownUrl(new URL(answered.origin))}", which wants credentials (${status}).`,
      'Credentials are not passed on to another server: give the address of the other one.',
    ];
  }
  if (sentCredentials === false) {
    return [
      `The ${name} wants credentials, and none were given (${status}).`,
      'Give a user name and password, or a token.',
    ];
  }
  return [
    `The ${name} refused the credentials (${status}).`,
    status === 403
      ? 'They may be right and still not allow this; ask who runs the server.'
      : 'Check the user name and the password, or the token.',
  ];
}

function hintFor(status: number, { hints }: PeerWords): string {
  if (status === 400) return hints.badRequest;
  if (status === 404 || status === 405) return hints.notFound;
  if (status === 413) return hints.tooLarge;
  return "The server's own words say why; look into its log otherwise.";
}
