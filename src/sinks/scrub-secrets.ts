/** Keeps a secret out of everything that comes back from a request. */

import { inspect } from 'node:util';
import { RttsharkError } from '../errors.ts';
import type { GatewayHandler, GatewayResponse } from './handler.ts';
import { TransportError, toTransportError } from './transport-error.ts';

/**
 * Wraps a handler so that the secrets are struck out of its answers and errors: a server may send back the headers
 * that it got, and a handler of the user's own may put the request into its error.
 */
export function scrubSecrets(secrets: readonly string[], next: GatewayHandler): GatewayHandler {
  // The longest first: one may be part of another.
  const struck = secrets.filter((secret) => secret !== '').sort((a, b) => b.length - a.length);
  const scrub = (text: string): string =>
    struck.reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
  return async (request) => {
    try {
      return scrubResponse(await next(request), scrub);
    } catch (error) {
      throw scrubError(error, scrub);
    }
  };
}

function scrubResponse(response: GatewayResponse, scrub: (text: string) => string): GatewayResponse {
  return {
    ...response,
    body: scrub(response.body),
    headers: Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [name, scrub(value)]),
    ),
  };
}

function scrubError(error: unknown, scrub: (text: string) => string): unknown {
  const everything = inspect(error, { depth: Infinity, maxStringLength: Infinity, maxArrayLength: Infinity });
  if (scrub(everything) === everything) return error;
  if (error instanceof RttsharkError) {
    return new RttsharkError(error.code, scrub(error.message), {
      hint: error.hint && scrub(error.hint),
      detail: error.detail && scrub(error.detail),
    });
  }
  const message = error instanceof Error ? error.message : 'The handler failed';
  const reduced = toTransportError(error);
  return reduced === undefined
    ? new Error(scrub(message))
    : new TransportError(scrub(reduced.message), reduced.code, reduced.phase);
}
