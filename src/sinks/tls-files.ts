/** Certificates and keys from files. */

import { readFile } from 'node:fs/promises';
import { RttsharkError } from '../errors.ts';
import type { TlsOptions } from './handler.ts';

export interface TlsFiles {
  /** The authorities to trust, PEM. */
  readonly caFile?: string | undefined;
  /** The client certificate with its chain, PEM. */
  readonly certFile?: string | undefined;
  /** The private key of the certificate, PEM. */
  readonly keyFile?: string | undefined;
}

/**
 * Reads what `tlsAuthHandler` takes from files. Everything that is not a file is handed on.
 *
 * @throws RttsharkError `usage` for a file that cannot be read or holds no PEM of its kind, named in quotes
 */
export async function readTlsFiles<Rest extends object>(
  options: TlsFiles & Rest,
): Promise<Omit<Rest, keyof TlsFiles> & Pick<TlsOptions, 'ca' | 'cert' | 'key'>> {
  const { caFile, certFile, keyFile, ...rest } = options;
  const [ca, cert, key] = await Promise.all([
    readPem(caFile, 'TLS authority', 'CERTIFICATE'),
    readPem(certFile, 'TLS client certificate', 'CERTIFICATE'),
    readPem(keyFile, 'TLS client key', 'PRIVATE KEY'),
  ]);
  return {
    ...rest,
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  };
}

async function readPem(file: string | undefined, what: string, kind: string): Promise<Buffer | undefined> {
  if (file === undefined) return undefined;
  const pem = await readFile(file).catch((error: unknown) => {
    throw new RttsharkError('usage', `The ${what} file "${file}" cannot be read.`, {
      detail: error instanceof Error ? error.message : undefined,
      hint: 'Check the path and the permissions.',
    });
  });
  if (!new RegExp(`-----BEGIN [A-Z0-9 ]*${kind}-----`).test(pem.toString('latin1'))) {
    throw new RttsharkError('usage', `The ${what} file "${file}" holds no PEM ${kind.toLowerCase()}.`, {
      hint: 'PEM is the text format; openssl can convert from others.',
    });
  }
  return pem;
}
