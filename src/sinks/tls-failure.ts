/** What a failure of TLS means, read from the codes of Node and OpenSSL. Pure. */

import type { TransportError } from './transport-error.ts';

export type TlsFailure =
  | 'unknown_authority'
  | 'wrong_name'
  | 'outdated'
  | 'revoked'
  | 'client_certificate'
  | 'no_tls_there'
  | 'tls_there'
  | 'other';

const exact: Readonly<Record<string, TlsFailure>> = {
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown_authority',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'unknown_authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown_authority',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown_authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown_authority',
  CERT_UNTRUSTED: 'unknown_authority',
  CERT_SIGNATURE_FAILURE: 'unknown_authority',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong_name',
  HOSTNAME_MISMATCH: 'wrong_name',
  CERT_HAS_EXPIRED: 'outdated',
  CERT_NOT_YET_VALID: 'outdated',
  CERT_REVOKED: 'revoked',
  CERT_REJECTED: 'other',
  CERT_CHAIN_TOO_LONG: 'other',
  INVALID_CA: 'other',
  INVALID_PURPOSE: 'other',
  PATH_LENGTH_EXCEEDED: 'other',
  EPROTO: 'other',
  HPE_TLS_ALERT: 'tls_there',
};

/** The server's alerts about the certificate it got, or did not get; OpenSSL words them with or without underscores. */
const aboutClientCertificate =
  /alert[ _](?:certificate[ _](?:required|expired|revoked|unknown)|bad[ _]certificate|unsupported[ _]certificate|no[ _]certificate|unknown[ _]ca|access[ _]denied|handshake[ _]failure|decrypt[ _]error)|bad[ _]certificate|certificate[ _]required/i;

const plainTextThere =
  /wrong[ _]version[ _]number|packet[ _]length[ _]too[ _]long|http[ _]request|https[ _]proxy[ _]request|unknown[ _]protocol|record[ _]layer[ _]failure/i;

/** What TLS found wrong, or undefined where the failure is not about TLS (a mere reset of the connection is not). */
export function tlsFailureOf({ code = '', message }: TransportError): TlsFailure | undefined {
  const known = Object.hasOwn(exact, code) ? exact[code] : undefined;
  if (known !== undefined && known !== 'other') return known;
  if (known === undefined && !/^(?:ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|CRL_)/.test(code)) return undefined;
  const words = `${code} ${message}`;
  if (aboutClientCertificate.test(words)) return 'client_certificate';
  if (plainTextThere.test(words)) return 'no_tls_there';
  return 'other';
}

/**
 * Whether a connection was lost where a server that is not content with the client's certificate drops it: in TLS 1.3
 * the client has long finished its half of the handshake by then, and the alert that says why can get lost.
 */
export function isLostAroundHandshake({ code = '', phase }: TransportError): boolean {
  const lost = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ECONNABORTED'].includes(code);
  return lost && (phase === 'handshake' || phase === 'sent');
}
