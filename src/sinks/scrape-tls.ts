/** TLS before HTTP, as the web config file has it at the moment. */

import { constants } from 'node:crypto';
import type { Socket } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { isClientAllowed } from './client-certificate.ts';
import type { WebTls } from './web-config.ts';

// Each connection shows its certificate anew: a ticket from before a change of the config would let in who is not to be.
const secureOptions = constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION;

/** Speaks TLS on sockets that are handed to it, and passes on those whose handshake went well. */
export class TlsFront {
  readonly #handshakeMs: number;
  readonly #onSecure: (socket: TLSSocket) => void;
  #tls: WebTls | undefined;
  #server: Server | undefined;

  /** @param handshakeMs - a slower handshake is cut off */
  constructor(handshakeMs: number, onSecure: (socket: TLSSocket) => void) {
    this.#handshakeMs = handshakeMs;
    this.#onSecure = onSecure;
  }

  /** Begins a handshake. */
  secure(socket: Socket, tls: WebTls): void {
    if (this.#server === undefined || this.#tls !== tls) {
      this.#server = this.#serverOf(tls);
      this.#tls = tls;
    }
    this.#server.emit('connection', socket);
  }

  /** One that never listens: what is asked of clients is fixed when a server is made. */
  #serverOf(tls: WebTls): Server {
    const server = createServer({
      ...tls.context,
      secureOptions,
      requestCert: tls.clientAuth !== 'none',
      // Whether a certificate is needed, and a good one, is decided below.
      rejectUnauthorized: false,
      ALPNProtocols: ['http/1.1'],
      handshakeTimeout: this.#handshakeMs,
    });
    server.on('secureConnection', (socket) => {
      socket.on('error', () => undefined);
      if (isClientAllowed(tls, socket.getPeerX509Certificate(), socket.authorized)) this.#onSecure(socket);
      else socket.destroy();
    });
    // Not ours to tell of: anybody can cause it.
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    return server;
  }
}
