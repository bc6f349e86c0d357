/** The handler that speaks HTTP. */

import { Client } from 'undici';
import { createConnection, type Connection } from './connection.ts';
import type { GatewayHandler, GatewayRequest, GatewayResponse } from './handler.ts';
import { redirectedRequest } from './redirect.ts';
import { toTransportError } from './transport-error.ts';

/** No gateway says more than this; something else may never stop. */
const mostBodyBytes = 64 * 1024;

/**
 * Sends the request over a connection of its own and closes it afterwards, so that nothing keeps the process alive.
 * (It does not ask the server to close it: Go's servers then drop it at once when they refuse a large body, and their
 * answer is lost.)
 * Has no time-out but the request's signal. Follows redirects, five at most, where the request says so: to another
 * origin without the Authorization header and the client certificate, and never from https to http.
 */
export const defaultHandler: GatewayHandler = async (request) => {
  let current = request;
  for (let followed = 0; ; followed++) {
    const response = await exchange(current);
    const next = redirectedRequest(current, response, followed);
    if (next === undefined) return response;
    current = next;
  }
};

async function exchange(request: GatewayRequest): Promise<GatewayResponse> {
  request.signal.throwIfAborted();
  const connection = createConnection(request.tls);
  const client = new Client(request.url.origin, {
    connect: connection.connect,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  let answering = false;
  // undici looks at the signal only once it is connected.
  request.signal.addEventListener('abort', connection.destroy, { once: true });
  try {
    const answer = await client.request({
      path: request.url.pathname + request.url.search,
      method: request.method,
      headers: request.headers,
      body: request.body ?? null,
      signal: request.signal,
    });
    answering = true;
    return {
      status: answer.statusCode,
      headers: joined(answer.headers),
      body: await beginning(answer.body),
      url: request.url,
      sentCredentials: Object.keys(request.headers).some((name) => name.toLowerCase() === 'authorization'),
    };
  } catch (error) {
    if (request.signal.aborted) throw error;
    const phase = answering ? 'answering' : connection.phase();
    throw toTransportError(socketError(error, connection), phase) ?? error;
  } finally {
    request.signal.removeEventListener('abort', connection.destroy);
    connection.destroy();
    await client.destroy();
  }
}

function socketError(error: unknown, connection: Connection): unknown {
  const vague = error instanceof Error && 'code' in error && error.code === 'UND_ERR_SOCKET';
  return vague ? (connection.firstError() ?? error) : error;
}

function joined(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

async function beginning(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= mostBodyBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, mostBodyBytes).toString('utf8');
}
