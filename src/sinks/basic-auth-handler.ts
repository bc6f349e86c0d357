/** HTTP basic authentication. */

import { RttsharkError } from '../errors.ts';
import { defaultHandler } from './default-handler.ts';
import type { GatewayHandler } from './handler.ts';
import { scrubSecrets } from './scrub-secrets.ts';

export interface BasicAuthOptions {
  /** May not hold a colon, which separates it from the password. */
  readonly username: string;
  readonly password: string;
}

/**
 * A handler that adds a user name and password (as UTF-8) to each request.
 *
 * @param next - what sends the request; `defaultHandler` where left out
 * @throws RttsharkError `usage` for a user name with a colon
 */
export function basicAuthHandler(
  options: BasicAuthOptions,
  next: GatewayHandler = defaultHandler,
): GatewayHandler {
  const { username, password } = options;
  if (username.includes(':')) {
    throw new RttsharkError('usage', 'The user name for basic authentication holds a colon.', {
      hint: 'Basic authentication cannot carry one; give the password by its own option.',
    });
  }
  const credentials = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
  const send = scrubSecrets([credentials, password], next);
  return async (request) => {
    const response = await send({
      ...request,
      headers: { ...request.headers, authorization: `Basic ${credentials}` },
    });
    return { ...response, sentCredentials: response.sentCredentials ?? true };
  };
}
