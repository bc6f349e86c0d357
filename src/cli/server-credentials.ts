import { RttsharkError } from '../errors.ts';
import { basicAuthHandler } from '../sinks/basic-auth-handler.ts';
import { bearerAuthHandler } from '../sinks/bearer-auth-handler.ts';
import { defaultHandler } from '../sinks/default-handler.ts';
import type { GatewayHandler } from '../sinks/handler.ts';
import { tlsAuthHandler } from '../sinks/tls-auth-handler.ts';
import { readTlsFiles } from '../sinks/tls-files.ts';
import type { Console } from './console.ts';
import { readSecret, secretVariables } from './secrets.ts';

/** What is shown to a server, and what it must show, as it was given. */
export interface CredentialFlags {
  readonly username: string | undefined;
  readonly passwordFile: string | undefined;
  readonly bearerTokenFile: string | undefined;
  readonly tlsCa: string | undefined;
  readonly tlsCert: string | undefined;
  readonly tlsKey: string | undefined;
  readonly tlsServerName: string | undefined;
  readonly tlsSkipVerify: boolean;
}

/** Where a server's secrets can be, beside files, and what its options are called. */
export interface CredentialPlaces {
  /** What stands before `username` in the name of the option. */
  readonly prefix: string;
  readonly password: string;
  readonly bearerToken: string;
  readonly tlsKeyPassphrase: string;
}

export const gatewayPlaces: CredentialPlaces = { prefix: '', ...secretVariables };

export const remoteWritePlaces: CredentialPlaces = {
  prefix: 'remote-write-',
  password: secretVariables.remoteWritePassword,
  bearerToken: secretVariables.remoteWriteBearerToken,
  tlsKeyPassphrase: secretVariables.remoteWriteTlsKeyPassphrase,
};

/**
 * What carries the requests to a server: all files read, all values checked.
 *
 * @throws RttsharkError `usage`
 */
export async function credentialsHandler(
  flags: CredentialFlags,
  places: CredentialPlaces,
  console: Pick<Console, 'note'>,
): Promise<GatewayHandler> {
  const option = (name: string) => `--${places.prefix}${name}`;
  const handler = await tlsHandler(flags, places, console);
  const { username } = flags;
  const password = readSecret('password', flags.passwordFile, places.password, process.env);
  const token = readSecret('token', flags.bearerTokenFile, places.bearerToken, process.env);
  if (flags.bearerTokenFile !== undefined && username !== undefined) {
    throw new RttsharkError('usage', 'Basic auth and a bearer token exclude each other.', {
      hint: `Leave away ${option('username')} or ${option('bearer-token-file')}.`,
    });
  }
  if (username !== undefined) {
    if (password === undefined) {
      throw new RttsharkError('usage', `There is no password for the user "${username}".`, {
        hint: `Name its file with ${option('password-file')}, or set the variable ${places.password}.`,
      });
    }
    return basicAuthHandler({ username, password }, handler);
  }
  if (flags.passwordFile !== undefined) {
    throw new RttsharkError('usage', 'There is a password but no user.', {
      hint: `Name the user with ${option('username')}.`,
    });
  }
  return token === undefined ? handler : bearerAuthHandler({ token }, handler);
}

async function tlsHandler(
  flags: CredentialFlags,
  places: CredentialPlaces,
  console: Pick<Console, 'note'>,
): Promise<GatewayHandler> {
  const passphrase = readSecret('passphrase', undefined, places.tlsKeyPassphrase, process.env);
  const tls = {
    caFile: flags.tlsCa,
    certFile: flags.tlsCert,
    keyFile: flags.tlsKey,
    serverName: flags.tlsServerName,
    skipVerify: flags.tlsSkipVerify ? true : undefined,
  };
  if (Object.values(tls).every((value) => value === undefined)) return defaultHandler;
  const onWarning = (message: string) => {
    console.note(message);
  };
  return tlsAuthHandler({ ...(await readTlsFiles(tls)), passphrase, onWarning }, defaultHandler);
}
