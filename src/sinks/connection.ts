/** One connection to a gateway, whose socket can be taken down at any moment, while connecting too. */

import net from 'node:net';
import tls from 'node:tls';
import type { buildConnector } from 'undici';
import type { TlsOptions } from './handler.ts';
import type { TransportPhase } from './transport-error.ts';

export interface Connection {
  /** What undici calls to connect. */
  readonly connect: buildConnector.connector;
  /** How far the connection has come; `sent` from the moment that something can be sent. */
  phase(): TransportPhase;
  /** What the socket itself reported first: the alert of a TLS server, which undici reports as a mere end. */
  firstError(): Error | undefined;
  readonly destroy: () => void;
}

/**
 * Not undici's own connector, because that lets go of a socket which is still connecting: to an address that
 * swallows packets, it would keep the process alive for minutes after the time-out.
 */
export function createConnection(options: TlsOptions | undefined): Connection {
  let phase: TransportPhase = 'connecting';
  let socket: net.Socket | undefined;
  let firstError: Error | undefined;
  return {
    phase: () => phase,
    firstError: () => firstError,
    destroy: () => {
      socket?.destroy();
    },
    connect: (target, callback) => {
      const secure = target.protocol === 'https:';
      const opened = secure ? openTls(target, options) : net.connect(endpoint(target));
      socket = opened;
      opened.setNoDelay(true);
      let pending = true;
      opened.once('connect', () => {
        phase = secure ? 'handshake' : 'sent';
      });
      opened.once(secure ? 'secureConnect' : 'connect', () => {
        phase = 'sent';
        pending = false;
        callback(null, opened);
      });
      // Destroyed while connecting, a socket reports no error.
      opened.once('close', () => {
        if (!pending) return;
        pending = false;
        callback(new Error('The connection was given up.'), null);
      });
      // Stays for the life of the socket: undici looks after its errors only while it is in use.
      opened.on('error', (error: Error) => {
        firstError ??= error;
        if (!pending) return;
        pending = false;
        callback(error, null);
      });
    },
  };
}

function endpoint(target: buildConnector.Options): { host: string; port: number } {
  return {
    // A URL puts IPv6 addresses in brackets, which the resolver does not know.
    host: target.hostname.replace(/^\[|\]$/g, ''),
    port: Number(target.port) || (target.protocol === 'https:' ? 443 : 80),
  };
}

function openTls(target: buildConnector.Options, options: TlsOptions = {}): tls.TLSSocket {
  const { host, port } = endpoint(target);
  const servername = options.serverName ?? (net.isIP(host) === 0 ? host : '');
  return tls.connect({
    host,
    port,
    servername,
    rejectUnauthorized: options.skipVerify !== true,
    ALPNProtocols: ['http/1.1'],
    ...secureContextOptions(options),
  });
}

/** The same in Node's words. */
export function secureContextOptions(options: TlsOptions): tls.SecureContextOptions {
  const buffer = (pem: string | Uint8Array): Buffer => Buffer.from(pem);
  return {
    ...(options.ca !== undefined && { ca: buffer(options.ca) }),
    ...(options.cert !== undefined && { cert: buffer(options.cert) }),
    ...(options.key !== undefined && { key: buffer(options.key) }),
    ...(options.passphrase !== undefined && { passphrase: options.passphrase }),
  };
}
