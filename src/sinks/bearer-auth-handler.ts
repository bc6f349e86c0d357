/** Authentication by a bearer token. */

import { RttsharkError } from '../errors.ts';
import { defaultHandler } from './default-handler.ts';
import type { GatewayHandler } from './handler.ts';
import { scrubSecrets } from './scrub-secrets.ts';

export interface BearerAuthOptions {
  /** Without the word Bearer, and without a line end. */
  readonly token: string;
}

/**
 * A handler that adds a bearer token to each request.
 *
 * @param next - what sends the request; `defaultHandler` where left out
 * @throws RttsharkError `usage` for an empty token, or one that a header cannot carry
 */
export function bearerAuthHandler(
  options: BearerAuthOptions,
  next: GatewayHandler = defaultHandler,
): GatewayHandler {
  const { token } = options;
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new RttsharkError('usage', 'The bearer token is empty or not plain ASCII text.', {
      hint: 'It may hold no space and no line end.',
    });
  }
  const send = scrubSecrets([token], next);
  return async (request) => {
    const response = await send({
      ...request,
      headers: { ...request.headers, authorization: `Bearer ${token}` },
    });
    return { ...response, sentCredentials: response.sentCredentials ?? true };
  };
}
