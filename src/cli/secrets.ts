import { readFileSync } from 'node:fs';
import { RttsharkError } from '../errors.ts';

/** The environment variables that hold secrets. Subprocesses do not get them. */
export const secretVariables = {
  password: 'RTTSHARK_PASSWORD',
  bearerToken: 'RTTSHARK_BEARER_TOKEN',
  tlsKeyPassphrase: 'RTTSHARK_TLS_KEY_PASSPHRASE',
  remoteWritePassword: 'RTTSHARK_REMOTE_WRITE_PASSWORD',
  remoteWriteBearerToken: 'RTTSHARK_REMOTE_WRITE_BEARER_TOKEN',
  remoteWriteTlsKeyPassphrase: 'RTTSHARK_REMOTE_WRITE_TLS_KEY_PASSPHRASE',
} as const;

/**
 * A secret from a file, without the line end behind it, or from an environment variable; a file wins.
 *
 * @returns undefined where there is neither
 * @throws RttsharkError `usage` for a file that cannot be read or is empty; never with what it holds
 */
export function readSecret(
  what: string,
  file: string | undefined,
  variable: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (file === undefined) return env[variable] === '' ? undefined : env[variable];
  const secret = readText(what, file).replace(/\r?\n$/, '');
  if (secret === '') throw new RttsharkError('usage', `The ${what} file "${file}" is empty.`);
  return secret;
}

function readText(what: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new RttsharkError('usage', `The ${what} file "${file}" cannot be read.`, {
      detail: error instanceof Error ? error.message : undefined,
    });
  }
}
