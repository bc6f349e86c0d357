/** What a client gives for basic authentication. */

export interface BasicCredentials {
  readonly user: string;
  readonly password: string;
}

/**
 * Takes an Authorization header apart.
 *
 * @returns undefined where there is none, or it is of another kind
 */
export function parseBasicCredentials(authorization: string | undefined): BasicCredentials | undefined {
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization?.trim() ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}
