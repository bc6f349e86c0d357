/** The web config file: TLS, client certificates, users and headers of the scrape endpoint. */

import { X509Certificate, createPrivateKey } from 'node:crypto';
import path from 'node:path';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { RttsharkError } from '../errors.ts';
import type { ClientPolicy } from './client-certificate.ts';
import { StampedFiles, type FileStamp } from './web-config-files.ts';
import { parseWebSettings, type WebSettings } from './web-config-settings.ts';
import type { PemPlace, TlsServerSettings } from './web-config-tls.ts';

/** TLS, ready to be spoken. */
export interface WebTls extends ClientPolicy {
  readonly context: SecureContextOptions;
}

/** A web config file that has been read and found good, with its certificates. */
export interface WebConfig extends Omit<WebSettings, 'tls'> {
  readonly file: string;
  /** Undefined for plain HTTP. */
  readonly tls: WebTls | undefined;
  /** What the files were like, the certificates' too. */
  readonly stamps: readonly FileStamp[];
}

/**
 * Reads a web config file, in the format that Prometheus' exporters share, and the certificates that it names. Relative
 * paths are relative to the file's folder. An empty file means plain HTTP.
 *
 * @throws RttsharkError `usage` with the file, and the line and key where it is one of the config's own mistakes
 */
export function readWebConfig(file: string): Promise<WebConfig> {
  return readWebConfigWith(new StampedFiles(), file);
}

/** The same, with the files that were read left in `files` where it fails. */
export async function readWebConfigWith(files: StampedFiles, file: string): Promise<WebConfig> {
  const { tls, ...settings } = parseWebSettings(await files.read(file, 'web config file'), file);
  const read = tls === undefined ? undefined : await readTls(tls, file, files);
  return { file, ...settings, tls: read, stamps: files.stamps };
}

async function readTls(settings: TlsServerSettings, file: string, files: StampedFiles): Promise<WebTls> {
  const pemOf = async (place: PemPlace, what: string): Promise<Named> => {
    if ('pem' in place) return { pem: place.pem, name: `The ${what} in "${file}"` };
    const found = path.resolve(path.dirname(file), place.file);
    return { pem: await files.read(found, `${what} file`), name: `The ${what} file "${found}"` };
  };
  const cert = await pemOf(settings.cert, 'TLS certificate');
  const key = await pemOf(settings.key, 'TLS key');
  const ca = settings.clientCa && (await pemOf(settings.clientCa, 'TLS client authority'));
  refuse(cert, 'holds no PEM certificate', certificateHint, ({ pem }) => new X509Certificate(pem));
  refuse(key, 'holds no PEM private key that can be used', keyHint, ({ pem }) => createPrivateKey(pem));
  if (ca) refuse(ca, 'holds no PEM certificate', certificateHint, ({ pem }) => new X509Certificate(pem));
  const context: SecureContextOptions = {
    cert: cert.pem,
    key: key.pem,
    minVersion: settings.minVersion,
    maxVersion: settings.maxVersion,
    honorCipherOrder: settings.preferServerCiphers,
    ...(ca && { ca: ca.pem }),
    ...(settings.ciphers !== undefined && { ciphers: settings.ciphers }),
    ...(settings.curves !== undefined && { ecdhCurve: settings.curves }),
  };
  refuse(key, 'does not fit the certificate', 'Give the key that the certificate was made for.', () =>
    createSecureContext(context),
  );
  return { context, clientAuth: settings.clientAuth, clientAllowedSans: settings.clientAllowedSans };
}

interface Named {
  readonly pem: string;
  /** As messages begin. */
  readonly name: string;
}

const certificateHint = 'PEM is the text format: it begins with -----BEGIN CERTIFICATE-----.';
const keyHint =
  'An encrypted key cannot be used; decrypt it with openssl pkey, and let nobody else read the file.';

function refuse(named: Named, what: string, hint: string, attempt: (named: Named) => unknown): void {
  try {
    attempt(named);
  } catch (error) {
    throw new RttsharkError('usage', `${named.name} ${what}.`, {
      detail: error instanceof Error ? error.message : undefined,
      hint,
    });
  }
}
