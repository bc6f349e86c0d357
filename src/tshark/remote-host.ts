import { RttsharkError } from '../errors.ts';

/** Where ssh connects to; what is left out is as in ssh's own configuration. */
export interface RemoteAddress {
  readonly host: string;
  readonly port?: number | undefined;
  readonly user?: string | undefined;
}

/**
 * Reads `ssh://user@host:port`; user and port may be missing, an IPv6 address is in brackets.
 *
 * @throws RttsharkError `usage`, which quotes no password
 */
export function parseRemoteHost(text: string): RemoteAddress {
  const form = 'Write it as ssh://user@host:port; user and port may be left out.';
  if (/:[^/]*@/.test(text.replace(/^ssh:\/\//i, ''))) {
    throw new RttsharkError('usage', 'A remote host is named without a password.', {
      hint: 'Use a key: ssh asks its agent, and looks at its configuration. Others can read what stands in a command line.',
    });
  }
  const [, user, bracketed, plain, port] = pattern.exec(text) ?? [];
  const host = bracketed ?? plain;
  const number = port === undefined ? undefined : Number(port);
  if (host === undefined || (number !== undefined && (number < 1 || number > 65_535))) {
    throw new RttsharkError('usage', `"${text}" names no remote host.`, { hint: form });
  }
  return { host, port: number, user };
}

/** Neither a user nor a host begins with a dash: ssh would take it for an option. */
const pattern =
  /^ssh:\/\/(?:([\w.][\w.$-]*)@)?(?:\[([\da-f:.]+(?:%[\w.-]+)?)\]|([a-z\d_][\w.-]*))(?::(\d{1,5}))?\/?$/i;
