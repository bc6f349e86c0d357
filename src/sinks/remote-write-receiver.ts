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

/** What is different for one request. */
export interface PostOptions extends Pick<ReceiverOptions, 'signal' | 'retries' | 'onRetry'> {
  /** Gives up, with the error `interrupted`, but not before a request that is under way has its answer. */
  readonly patience?: AbortSignal | undefined;
}

/** A receiver, everything about which has been checked. */
export interface Receiver {
  readonly url: URL;
  /** @param block - a `prometheus.WriteRequest` in snappy's block format */
  post(block: Uint8Array, options?: PostOptions): Promise<void>;
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
    async post(block, { patience, ...changed } = {}) {
      const all = { ...options, ...changed };
      const givingUp = new AbortController();
      const signals = [givingUp.signal, ...(all.signal === undefined ? [] : [all.signal])];
      const pause = options.sleep ?? ((ms, signal) => sleepFor(ms, undefined, { signal }));
      await send({ url, method: 'POST', headers, body: block, redirect }, url, {
        handler,
        timeoutMs,
        retries: changed.retries ?? retries,
        signal: AbortSignal.any(signals),
        onRetry: all.onRetry,
        sleep: async (ms, signal) => {
          const wakers = [signal, patience].filter((waker) => waker !== undefined);
          await pause(ms, AbortSignal.any(wakers)).catch(unlessAborted(wakers));
          if (patience?.aborted === true) givingUp.abort();
        },
        random: options.random ?? Math.random,
        peer: receiverWords,
        longestRetryAfterMs: options.longestRetryAfterMs,
      });
    },
  };
}

function unlessAborted(signals: readonly AbortSignal[]): (error: unknown) => void {
  return (error) => {
    if (signals.every(({ aborted }) => !aborted)) throw error;
  };
}
