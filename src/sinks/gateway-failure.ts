/** A request that got no answer, in the user's words. Pure. */

import { RttsharkError } from '../errors.ts';
import { shownUrl } from './gateway-url.ts';
import { gatewayWords, type PeerWords } from './peer-words.ts';
import { serverWords } from './server-words.ts';
import { isLostAroundHandshake, tlsFailureOf, type TlsFailure } from './tls-failure.ts';
import type { TransportError } from './transport-error.ts';

type Words = readonly [
  code: 'gateway_tls' | 'gateway_unreachable' | 'gateway_timeout',
  what: string,
  hint: string,
];

const tlsWords: Readonly<Record<TlsFailure, (name: string) => Words>> = {
  unknown_authority: (name) => [
    'gateway_tls',
    `The certificate of the ${name} is signed by an authority that is not trusted here.`,
    'Give the certificate of the authority that signed it as the TLS CA.',
  ],
  wrong_name: (name) => [
    'gateway_tls',
    `The certificate of the ${name} is for another name.`,
    'Use the name that the certificate has, in the URL or as the TLS server name.',
  ],
  outdated: (name) => [
    'gateway_tls',
    `The certificate of the ${name} has expired or is not valid yet.`,
    'Renew the certificate, or set the clock of this host.',
  ],
  revoked: (name) => [
    'gateway_tls',
    `The certificate of the ${name} has been revoked.`,
    'Have a new certificate issued for the server.',
  ],
  client_certificate: (name) => [
    'gateway_tls',
    `The ${name} did not accept the client certificate, or misses one.`,
    'Give a TLS client certificate and key that the server trusts and that have not expired.',
  ],
  no_tls_there: (name) => [
    'gateway_tls',
    `The ${name} does not speak TLS at this port.`,
    'Try http:// in place of https://, or another port.',
  ],
  tls_there: (name) => ['gateway_tls', `The ${name} expects https at this port.`, 'Use https:// in its URL.'],
  other: (name) => [
    'gateway_tls',
    `TLS with the ${name} failed.`,
    'Compare with: openssl s_client -connect HOST:PORT',
  ],
};

const codeWords: Readonly<Record<string, (name: string) => Words>> = {
  ECONNREFUSED: (name) => [
    'gateway_unreachable',
    `Nothing listens at the ${name}: the connection was refused.`,
    'Check the port, and that the server is running.',
  ],
  ENOTFOUND: (name) => [
    'gateway_unreachable',
    `The host of the ${name} has no address: its name is not known.`,
    'Check the spelling of the name, and the DNS of this host.',
  ],
  EAI_AGAIN: (name) => [
    'gateway_unreachable',
    `The name of the ${name} cannot be looked up at the moment.`,
    'Check the DNS of this host.',
  ],
  ETIMEDOUT: timedOut,
  UND_ERR_CONNECT_TIMEOUT: timedOut,
  UND_ERR_HEADERS_TIMEOUT: timedOut,
  UND_ERR_BODY_TIMEOUT: timedOut,
};

/**
 * The error for a request without an answer: `gateway_tls`, `gateway_timeout` or `gateway_unreachable`.
 *
 * @param url - the URL of the gateway; credentials in it are not shown
 * @param tries - how often the request was sent
 * @param peer - what to call the server; a gateway by default
 */
export function gatewayErrorOfFailure(
  failure: TransportError,
  url: URL,
  tries = 1,
  peer: PeerWords = gatewayWords,
): RttsharkError {
  const [code, what, hint] = wordsFor(failure, url, peer);
  const tried = tries > 1 ? ` Tried ${tries} times.` : '';
  const codeShown = failure.code !== undefined && !failure.message.includes(failure.code);
  return new RttsharkError(code, what + tried, {
    detail: serverWords(codeShown ? `${failure.message} (${failure.code})` : failure.message),
    hint,
    cause: failure,
  });
}

/** The error for a request that took longer than it may. */
export function gatewayTimeout(url: URL, timeoutMs: number, peer: PeerWords = gatewayWords): RttsharkError {
  return new RttsharkError(
    'gateway_timeout',
    `The ${peer.noun} "${shownUrl(url)}" did not answer within ${timeoutMs / 1000} s.`,
    { hint: 'Check that it is well and not overloaded, or allow it more time.' },
  );
}

function wordsFor(failure: TransportError, url: URL, { noun }: PeerWords): Words {
  const name = `${noun} "${shownUrl(url)}"`;
  const tls = tlsFailureOf(failure);
  if (tls !== undefined) return tlsWords[tls](name);
  const { code = '' } = failure;
  if (url.protocol === 'https:' && isLostAroundHandshake(failure)) {
    return [
      'gateway_tls',
      `The ${name} closed the connection around the TLS handshake, without an answer.`,
      'It may want a TLS client certificate, or another one; its log says why.',
    ];
  }
  if (isLostAroundHandshake(failure)) {
    return [
      'gateway_unreachable',
      `The ${name} closed the connection without an answer.`,
      'Look into its log, and check that this port is not one for https.',
    ];
  }
  if (code.startsWith('HPE_')) {
    return [
      'gateway_unreachable',
      `What answers at "${shownUrl(url)}" does not speak HTTP.`,
      url.protocol === 'http:' ? 'Try https://, or another port.' : 'Check the port.',
    ];
  }
  return (Object.hasOwn(codeWords, code) ? codeWords[code] : undefined)?.(name) ?? unreachable(name);
}

function unreachable(name: string): Words {
  return [
    'gateway_unreachable',
    `The connection to the ${name} failed.`,
    'Check the network between this host and the server.',
  ];
}

function timedOut(name: string): Words {
  return [
    'gateway_timeout',
    `The connection to the ${name} timed out.`,
    'Check the address, and firewalls on the way.',
  ];
}
