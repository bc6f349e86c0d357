/** The endpoint that Prometheus scrapes. */

import http from 'node:http';
import net, { type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { shownAddress, type ListenAddress } from './scrape-address.ts';
import { ScrapeConnections } from './scrape-connections.ts';
import { ScrapeGate } from './scrape-gate.ts';
import { ScrapeHandler, type RequestConfig } from './scrape-handler.ts';
import { defaultScrapeLimits, type ScrapeLimits } from './scrape-limits.ts';
import { listenAt } from './scrape-listen.ts';
import type { ScrapeServer, ScrapeSource } from './scrape-source.ts';
import { TlsFront } from './scrape-tls.ts';
import { WebConfigWatch } from './web-config-watch.ts';
import type { WebConfig } from './web-config.ts';

export interface ScrapeServerOptions extends ListenAddress {
  /** TLS, users and headers, from `readWebConfig`; its files are looked at again at each request. Plain HTTP where left out. */
  readonly webConfig?: WebConfig | undefined;
  readonly source: ScrapeSource;
  /** Told of a changed web config that cannot be used, and of metrics that could not be made; once for each spell. */
  readonly onWarning?: ((message: string) => void) | undefined;
  /** What clients may take; see `defaultScrapeLimits`. */
  readonly limits?: Partial<ScrapeLimits> | undefined;
}

const open: RequestConfig = { users: new Map(), headers: {} };

/**
 * Serves `/metrics`, `/-/healthy` and `/-/ready` until it is closed.
 *
 * @throws RttsharkError `usage` for an address that cannot be listened on
 */
export async function startScrapeServer(options: ScrapeServerOptions): Promise<ScrapeServer> {
  const { host, port, webConfig, source, onWarning = () => undefined } = options;
  const limits = { ...defaultScrapeLimits, ...options.limits };
  webConfig?.remarks.forEach(onWarning);
  const watch = webConfig && new WebConfigWatch(webConfig, onWarning);
  const connections = new ScrapeConnections(limits);
  const gate = new ScrapeGate(limits.passwordChecks);
  const handler = new ScrapeHandler({
    source,
    gate,
    limits,
    config: () => watch?.current() ?? Promise.resolve(open),
    onFailure: warnOfFailures(onWarning),
  });
  const server = httpServer(handler, connections, limits);
  const front = new TlsFront(limits.requestMs, (socket) => server.emit('connection', socket));
  const accept = async (socket: Socket): Promise<void> => {
    socket.on('error', () => undefined);
    if (!connections.admit(socket)) return;
    if (watch === undefined || webConfig?.tls === undefined) {
      server.emit('connection', socket);
      return;
    }
    const { tls } = await watch.current();
    if (tls !== undefined && !socket.destroyed) front.secure(socket, tls);
  };
  const listener = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => void accept(socket));
  const listening = await listenAt(listener, { host, port });
  // A failure to accept, as for want of file descriptors, is over by itself.
  listener.on('error', () => undefined);
  return {
    url: `${webConfig?.tls ? 'https' : 'http'}://${shownAddress({ host, port: listening })}`,
    port: listening,
    close: async () => {
      const closed = new Promise((resolve) => listener.close(resolve));
      await connections.close();
      await Promise.all([closed, gate.close()]);
    },
  };
}

/** One that never listens: connections are handed to it, with their own deadlines. */
function httpServer(
  handler: ScrapeHandler,
  connections: ScrapeConnections,
  limits: ScrapeLimits,
): http.Server {
  const server = http.createServer({ maxHeaderSize: limits.headerBytes, keepAliveTimeout: 0 });
  server.maxRequestsPerSocket = limits.requestsPerConnection;
  const answer = (request: http.IncomingMessage, response: http.ServerResponse): void => {
    const { socket } = request;
    // A second request before the first is answered: nobody who means well does this.
    if (!connections.begin(socket)) {
      socket.destroy();
      return;
    }
    response.once('close', () => {
      connections.finish(socket);
    });
    void handler.answer(request, response);
  };
  server.on('request', answer);
  // Before a body is sent, a client may ask whether to; it learns from the answer that it is not.
  server.on('checkContinue', answer);
  server.on('clientError', refuseMalformed);
  return server;
}

function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const head = `HTTP/1.1 ${status} ${http.STATUS_CODES[status] ?? ''}`;
  socket.end(`${head}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}

/** Tells of a failure once, until another follows. */
function warnOfFailures(onWarning: (message: string) => void): (error: unknown) => void {
  let last = '';
  return (error) => {
    const words = error instanceof Error ? error.message : String(error);
    if (words === last) return;
    last = words;
    onWarning(`A scrape could not be answered: ${words}`);
  };
}
