/** Which clients of a TLS server are let in. */

import type { X509Certificate } from 'node:crypto';
import { isIPv6 } from 'node:net';

/** What is asked of a client: nothing, a certificate if it likes, any at all, a good one if any, a good one. */
export type ClientAuth = 'none' | 'request' | 'require-any' | 'verify-given' | 'verify-required';

/** By the names of Go, with the older one that exporters still take. */
export const clientAuthTypes: ReadonlyMap<string, ClientAuth> = new Map([
  ['', 'none'],
  ['NoClientCert', 'none'],
  ['RequestClientCert', 'request'],
  ['RequireAnyClientCert', 'require-any'],
  ['RequireClientCert', 'require-any'],
  ['VerifyClientCertIfGiven', 'verify-given'],
  ['RequireAndVerifyClientCert', 'verify-required'],
] as const);

export interface ClientPolicy {
  readonly clientAuth: ClientAuth;
  /** The certificate must have one of these names; undefined where any will do. */
  readonly clientAllowedSans: readonly string[] | undefined;
}

/**
 * Whether a client is let in.
 *
 * @param certificate - the one that it showed, if any
 * @param verified - whether that one is signed by the authority, valid, and meant for clients
 */
export function isClientAllowed(
  { clientAuth, clientAllowedSans }: ClientPolicy,
  certificate: X509Certificate | undefined,
  verified: boolean,
): boolean {
  if (certificate === undefined) return clientAuth !== 'require-any' && clientAuth !== 'verify-required';
  if (clientAuth.startsWith('verify') && !verified) return false;
  if (clientAllowedSans === undefined) return true;
  const allowed = new Set(clientAllowedSans.map(canonical));
  return alternativeNames(certificate.subjectAltName).some((name) => allowed.has(canonical(name)));
}

/**
 * The DNS names, addresses, e-mail addresses and URIs in the words in which Node lists them.
 *
 * @param text - as in `DNS:a.example, IP Address:10.0.0.1`; names with unusual characters are quoted as in JSON
 */
export function alternativeNames(text: string | undefined): string[] {
  const names: string[] = [];
  const entry = /(?:^|, )([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^,]*)/y;
  for (let match = entry.exec(text ?? ''); match !== null; match = entry.exec(text ?? '')) {
    const [, kind = '', value = ''] = match;
    if (/^(?:DNS|IP Address|email|URI)$/.test(kind)) names.push(unquoted(value));
  }
  return names;
}

function unquoted(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return value;
  }
}

/** IPv6 addresses can be written in many ways. */
function canonical(name: string): string {
  return isIPv6(name) ? new URL(`http://[${name}]`).hostname : name;
}
