/** The TLS section of a web config file, in Go's words, to what it says in OpenSSL's. */

import type { SecureVersion } from 'node:tls';
import { clientAuthTypes, type ClientAuth } from './client-certificate.ts';
import { cipherNames, curveNames, tlsVersions, tls13Ciphers } from './tls-names.ts';
import type { Complain, YamlEntry, YamlValue } from './web-config-yaml.ts';

/** A PEM: in a file, or in the config itself. */
export type PemPlace = { readonly file: string } | { readonly pem: string };

export interface TlsServerSettings {
  readonly cert: PemPlace;
  readonly key: PemPlace;
  readonly clientAuth: ClientAuth;
  readonly clientCa: PemPlace | undefined;
  /** Undefined where any will do. */
  readonly clientAllowedSans: readonly string[] | undefined;
  readonly minVersion: SecureVersion;
  readonly maxVersion: SecureVersion;
  /** OpenSSL's cipher list; undefined for the default. */
  readonly ciphers: string | undefined;
  readonly preferServerCiphers: boolean;
  /** OpenSSL's curve list; undefined for the default. */
  readonly curves: string | undefined;
}

const keys = [
  ...['cert', 'key', 'client_ca', 'cert_file', 'key_file', 'client_ca_file'],
  ...['client_auth_type', 'client_allowed_sans', 'min_version', 'max_version'],
  ...['cipher_suites', 'prefer_server_cipher_suites', 'curve_preferences'],
] as const;

/**
 * Takes the section apart.
 *
 * @returns undefined where it is there and empty: plain HTTP
 * @throws RttsharkError `usage` with file, line and key
 */
export function parseTlsSettings(section: YamlValue): TlsServerSettings | undefined {
  const given = new Map<string, YamlEntry>();
  for (const entry of section.entries()) {
    if (!keys.some((key) => key === entry.key)) {
      throw entry.complain(`"${entry.key}" is no known key.`, `Known here: ${keys.join(', ')}.`);
    }
    given.set(entry.key, entry);
  }
  if (given.size === 0) return undefined;
  const { complain } = section;
  const [cert, key] = [pemOf('cert', given), pemOf('key', given)];
  if (cert === undefined) throw complain('"cert_file" is missing.', 'TLS needs a certificate and its key.');
  if (key === undefined) throw complain('"key_file" is missing.', 'TLS needs the key of the certificate.');
  const [minVersion, maxVersion] = versionsOf(given);
  return {
    cert,
    key,
    ...clientsOf(given, complain),
    minVersion,
    maxVersion,
    ciphers: ciphersOf(given.get('cipher_suites'), minVersion),
    preferServerCiphers: given.get('prefer_server_cipher_suites')?.value.flag() ?? true,
    curves: curvesOf(given.get('curve_preferences')),
  };
}

type Given = ReadonlyMap<string, YamlEntry>;

function pemOf(name: 'cert' | 'key' | 'client_ca', given: Given): PemPlace | undefined {
  const [inline, file] = [given.get(name), given.get(`${name}_file`)];
  const [pem, path] = [inline?.value.text() ?? '', file?.value.text() ?? ''];
  if (inline !== undefined && pem !== '' && path !== '') {
    throw inline.complain(`"${name}" and "${name}_file" exclude each other.`);
  }
  if (path !== '') return { file: path };
  return pem === '' ? undefined : { pem };
}

function clientsOf(
  given: Given,
  section: Complain,
): Pick<TlsServerSettings, 'clientAuth' | 'clientCa' | 'clientAllowedSans'> {
  const type = given.get('client_auth_type');
  const name = type?.value.text() ?? '';
  const clientAuth = clientAuthTypes.get(name);
  if (clientAuth === undefined) {
    const known = [...clientAuthTypes.keys()].filter((each) => each !== '');
    throw (type?.complain ?? section)(
      `"client_auth_type" knows no "${name}".`,
      `One of ${known.join(', ')}.`,
    );
  }
  const clientCa = pemOf('client_ca', given);
  if (clientCa !== undefined && clientAuth === 'none') {
    throw section('"client_ca_file" is without effect.', 'Set client_auth_type: RequireAndVerifyClientCert.');
  }
  if (clientCa === undefined && clientAuth.startsWith('verify')) {
    // Go would trust every public authority, and with it all of their customers.
    throw section('"client_ca_file" is missing.', 'It names the authority of the client certificates.');
  }
  const sans = given.get('client_allowed_sans');
  const clientAllowedSans = sans?.value.texts();
  if (sans && clientAuth !== 'require-any' && clientAuth !== 'verify-required') {
    throw sans.complain(
      '"client_allowed_sans" needs a client that must show a certificate.',
      'Set client_auth_type: RequireAndVerifyClientCert.',
    );
  }
  return { clientAuth, clientCa, clientAllowedSans };
}

function versionsOf(given: Given): [SecureVersion, SecureVersion] {
  const versionOf = (key: string, otherwise: SecureVersion): SecureVersion => {
    const entry = given.get(key);
    const name = entry?.value.text() ?? '';
    if (entry === undefined || name === '') return otherwise;
    const version = tlsVersions.get(name);
    if (version !== undefined) return version;
    throw entry.complain(`"${key}" knows no "${name}".`, `One of ${[...tlsVersions.keys()].join(', ')}.`);
  };
  const [least, most] = [versionOf('min_version', 'TLSv1.2'), versionOf('max_version', 'TLSv1.3')];
  if (least > most) {
    const entry = given.get('max_version') ?? given.get('min_version');
    if (entry) throw entry.complain('"max_version" is below "min_version".');
  }
  return [least, most];
}

function ciphersOf(entry: YamlEntry | undefined, least: SecureVersion): string | undefined {
  const names = entry?.value.texts() ?? [];
  // OpenSSL's level 1 and above has no TLS below 1.2.
  const level = least < 'TLSv1.2' ? ['DEFAULT', '@SECLEVEL=0'] : [];
  if (entry === undefined || names.length === 0) {
    return level.length === 0 ? undefined : [...tls13Ciphers, ...level].join(':');
  }
  const older = names
    .filter((name) => !tls13Ciphers.includes(name))
    .map((name) => {
      const cipher = cipherNames.get(name);
      if (cipher !== undefined) return cipher;
      throw entry.complain(
        `"cipher_suites" knows no "${name}".`,
        `One of ${[...cipherNames.keys()].join(', ')}.`,
      );
    });
  // As in Go, the list is for TLS up to 1.2; those of 1.3 are always on.
  return [...tls13Ciphers, ...older, ...level.slice(1)].join(':');
}

function curvesOf(entry: YamlEntry | undefined): string | undefined {
  const names = entry?.value.texts() ?? [];
  if (entry === undefined || names.length === 0) return undefined;
  return names
    .map((name) => {
      const curve = curveNames.get(name);
      if (curve !== undefined) return curve;
      throw entry.complain(
        `"curve_preferences" knows no "${name}".`,
        `One of ${[...curveNames.keys()].join(', ')}.`,
      );
    })
    .join(':');
}
