import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { once } from 'node:events';

/** One request as a stub server got it, its body complete. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  /** As sent. */
  readonly body: Buffer;
  /** Unpacked, where it was gzip. */
  readonly text: string;
}

export interface StubServer {
  readonly url: string;
  readonly received: Received[];
  /** How many there have been. */
  connections(): number;
  stop(): Promise<void>;
}

type Answer = (received: Received, response: http.ServerResponse, index: number) => void;

/** A small server that answers as told and remembers what it got: for what no real gateway does on request. */
export async function startStubServer(answer: Answer, tls?: https.ServerOptions): Promise<StubServer> {
  const received: Received[] = [];
  const listener = (request: http.IncomingMessage, response: http.ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const packed = request.headers['content-encoding'] === 'gzip';
      const got: Received = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body,
        text: (packed ? gunzipSync(body) : body).toString('utf8'),
      };
      received.push(got);
      answer(got, response, received.length - 1);
    });
  };
  const server = tls ? https.createServer(tls, listener) : http.createServer(listener);
  let connections = 0;
  server.on('connection', () => connections++);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://localhost:${port}`,
    received,
    connections: () => connections,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Answers with a status and nothing more. */
export function status(code: number, headers: http.OutgoingHttpHeaders = {}, body = ''): Answer {
  return (_received, response) => {
    response.writeHead(code, headers).end(body);
  };
}
