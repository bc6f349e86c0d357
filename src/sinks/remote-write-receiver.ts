/** One remote-write receiver, and one request to it. */

import { setTimeout as sleepFor } from 'node:timers/promises';
import { defaultHandler } from './default-handler.ts';
import { receiverWords } from './peer-words.ts';
import { parseReceiverUrl } from './receiver-url.ts';
import { checkHeaders } from './request-headers.ts';
import { refuseWrongNumbers, type RequestOptions } from './request-gateway.ts';
import { send } from './send.ts';

/** How a remote-write receiver is spoken to. */
export interface ReceiverOptions extends RequestOptions {
  /** Sent with each request, as `X-Scope-OrgID` for stores with several tenants; not for credentials. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Of the time that the receiver asks for by Retry-After so much is granted; 30 s by default. */
  readonly longestRetryAfterMs?: number | undefined;
}

/** What the specification of version 1.0 asks for. */
const protocolHeaders = {
  'content-type': 'application/x-protobuf',
  'content-encoding': 'snappy',
  'x-prometheus-remote-write-version': '0.1.0',
  'user-agent': 'rttshark',
} as const;

/** A receiver, everything about which has been checked. */
export interface Receiver {
  readonly url: URL;
  /** @param block - a `prometheus.WriteRequest` in snappy's block format */
  post(block: Uint8Array, options?: Pick<ReceiverOptions, 'signal' | 'retries' | 'onRetry'>): Promise<void>;
}

/**
 * @param address - as `parseReceiverUrl` takes it
 * @throws RttsharkError `usage` for a wrong address, header, time-out or number of retries; `post` as
 *   `pushToGateway` does
 */
export function makeReceiver(address: string, options: ReceiverOptions): Receiver {
  const { timeoutMs = 30_000, retries = 3, redirect = 'refuse', handler = defaultHandler } = options;
  const url = parseReceiverUrl(address);
  refuseWrongNumbers(timeoutMs, retries);
  const headers = {
    ...checkHeaders(options.headers ?? {}, Object.keys(protocolHeaders)),
    ...protocolHeaders,
  };
  return {
    url,
    async post(block, changed = {}) {
      await send({ url, method: 'POST', headers, body: block, redirect }, url, {
        handler,
        timeoutMs,
        retries: changed.retries ?? retries,
        signal: changed.signal ?? options.signal,
        onRetry: changed.onRetry ?? options.onRetry,
        sleep: options.sleep ?? ((ms, signal) => sleepFor(ms, undefined, { signal })),
        random: options.random ?? Math.random,
        peer: receiverWords,
        longestRetryAfterMs: options.longestRetryAfterMs,
      });
    },
  };
}
