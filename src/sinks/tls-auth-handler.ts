/** TLS with an authority, a client certificate or a server name of one's own. */

import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { RttsharkError } from '../errors.ts';
import { secureContextOptions } from './connection.ts';
import { defaultHandler } from './default-handler.ts';
import { shownUrl } from './gateway-url.ts';
import type { GatewayHandler, Pem, TlsOptions } from './handler.ts';

export interface TlsAuthOptions extends TlsOptions {
  /**
   * Told, once for each handler and matter, when the server's certificate is not checked, and when the server's URL
   * is not https. Where left out, Node's own warning is given.
   */
  readonly onWarning?: ((message: string) => void) | undefined;
}

/**
 * A handler that sets how TLS is spoken.
 *
 * @param next - what sends the request; `defaultHandler` where left out
 * @throws RttsharkError `usage` for a certificate or key that cannot be used
 */
export function tlsAuthHandler(
  options: TlsAuthOptions,
  next: GatewayHandler = defaultHandler,
): GatewayHandler {
  const { onWarning = emitWarning, ...tls } = options;
  refuseUnusable(tls);
  const warned = new Set<string>();
  const warn = (message: string): void => {
    if (warned.has(message)) return;
    warned.add(message);
    onWarning(message);
  };
  return (request) => {
    if (request.url.protocol !== 'https:') {
      warn(`The server "${request.url.origin}" is not https: the TLS options have no effect.`);
    } else if (tls.skipVerify === true) {
      warn(
        `The certificate of the server "${shownUrl(new URL(request.url.origin))}" is not checked: ` +
          'anyone in between can read and change what is pushed.',
      );
    }
    return next({ ...request, tls: { ...request.tls, ...tls } });
  };
}

function emitWarning(message: string): void {
  process.emitWarning(message, 'RttsharkWarning');
}

/** Says at once, and with a name, what would otherwise fail in the middle of a push with OpenSSL's words. */
function refuseUnusable(tls: TlsOptions): void {
  if ((tls.cert === undefined) !== (tls.key === undefined)) {
    const [given, missing] = tls.cert === undefined ? ['key', 'certificate'] : ['certificate', 'key'];
    throw new RttsharkError('usage', `A TLS client ${given} was given without its ${missing}.`, {
      hint: `Give the ${missing} too.`,
    });
  }
  refuseNoCertificate(tls.ca, 'The TLS authority');
  refuseNoCertificate(tls.cert, 'The TLS client certificate');
  try {
    createSecureContext(secureContextOptions(tls));
  } catch (error) {
    throw unusable(
      'The TLS client key cannot be used',
      error,
      'Does it belong to the certificate, and is the passphrase right?',
    );
  }
}

function refuseNoCertificate(pem: Pem | undefined, subject: string): void {
  if (pem === undefined) return;
  try {
    new X509Certificate(Buffer.from(pem));
  } catch (error) {
    throw unusable(`${subject} is no PEM certificate`, error, 'It begins with -----BEGIN CERTIFICATE-----.');
  }
}

function unusable(what: string, error: unknown, hint: string): RttsharkError {
  return new RttsharkError('usage', `${what}.`, {
    detail: error instanceof Error ? error.message : undefined,
    hint,
  });
}
