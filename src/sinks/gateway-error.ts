/** A gateway's answer that is no success, in the user's words. Pure. */

import { RttsharkError, type ErrorCode } from '../errors.ts';
import { shownUrl } from './gateway-url.ts';
import type { GatewayResponse } from './handler.ts';
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
 */
export function gatewayErrorOfStatus(response: GatewayResponse, url: URL, tries = 1): RttsharkError {
  const { status, headers, body } = response;
  const name = `"${shownUrl(url)}"`;
  const failed = (code: ErrorCode, message: string, hint: string): RttsharkError =>
    new RttsharkError(code, message, { detail: serverWords(body, headers['content-type']), hint });

  if (status === 401 || status === 403)
    return failed('gateway_credentials', ...credentialWords(response, url));
  if (isRetriedStatus(status)) {
    const tried = tries > 1 ? `, ${tries} times in a row` : '';
    return failed(
      'gateway_unreachable',
      `The gateway ${name} is not available: it answered ${status}${tried}.`,
      status === 429
        ? 'Push less often, or allow more retries.'
        : "Look into the gateway's log, or try again later.",
    );
  }
  const location = headers['location'];
  if (isRedirect(status) && location !== undefined) {
    return failed(
      'gateway_refused',
      `The gateway ${name} redirects (${status}) to "${shownLocation(location)}", which was not followed.`,
      'Give the address to which it redirects, or allow redirects to be followed.',
    );
  }
  if (status === 400 && plainHttpToTls.test(body)) {
    return failed(
      'gateway_tls',
      `The gateway ${name} expects https at this port.`,
      'Use https:// in its URL.',
    );
  }
  return failed(
    'gateway_refused',
    `The gateway ${name} refused the request: it answered ${status}.`,
    hintFor(status),
  );
}

function credentialWords(response: GatewayResponse, url: URL): [message: string, hint: string] {
  const { status, sentCredentials } = response;
  const name = `"${shownUrl(url)}"`;
  const answered = response.url;
  if (sentCredentials === false && answered !== undefined && answered.origin !== url.origin) {
    return [
      `The gateway ${name} redirects to "${shownUrl(new URL(answered.origin))}", which wants credentials (${status}).`,
      'Credentials are not passed on to another server: give its address as the gateway.',
    ];
  }
  if (sentCredentials === false) {
    return [
      `The gateway ${name} wants credentials, and none were given (${status}).`,
      'Give a user name and password, or a token.',
    ];
  }
  return [
    `The gateway ${name} refused the credentials (${status}).`,
    status === 403
      ? 'They may be right and still not allow this; ask who runs the gateway.'
      : 'Check the user name and the password, or the token.',
  ];
}

function hintFor(status: number): string {
  if (status === 400) {
    return (
      'Sending the same again will not help. Metrics of one name must have one type and help text on the whole ' +
      'gateway; a Pushgateway before 1.5 does not understand gzip.'
    );
  }
  if (status === 404 || status === 405) {
    return 'Is this the address of a Pushgateway, with the prefix of its path if it has one?';
  }
  if (status === 413) return 'Push fewer series, or allow larger requests in the proxy before the gateway.';
  return "The server's own words say why; look into its log otherwise.";
}
