/** Headers that users add to requests. */

import { validateHeaderName, validateHeaderValue } from 'node:http';
import { RttsharkError } from '../errors.ts';

/** What would change how the request is carried, or hold a secret that is then shown. */
const refused = new Set([
  'authorization',
  'connection',
  'content-length',
  'cookie',
  'host',
  'proxy-authorization',
  'transfer-encoding',
]);

/**
 * Headers with their names in lower case.
 *
 * @param taken - names that the request has already, in lower case
 * @throws RttsharkError `usage` for what HTTP does not take, and for headers that are not the user's to set
 */
export function checkHeaders(
  headers: Readonly<Record<string, string>>,
  taken: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([given, value]) => {
      const name = given.toLowerCase();
      if (refused.has(name) || taken.includes(name)) {
        throw new RttsharkError('usage', `The header "${given}" cannot be set.`, {
          hint: 'Credentials have options of their own; the other headers are those of the protocol.',
        });
      }
      try {
        validateHeaderName(name);
        validateHeaderValue(name, value);
      } catch (error) {
        throw new RttsharkError('usage', `The header "${given}" is not valid.`, {
          detail: error instanceof Error ? error.message : undefined,
        });
      }
      return [name, value];
    }),
  );
}
