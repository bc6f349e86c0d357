/** One request to a gateway, with the options and defaults that all of them share. */

import { setTimeout as sleepFor } from 'node:timers/promises';
import { RttsharkError } from '../errors.ts';
import { defaultHandler } from './default-handler.ts';
import { parseGatewayUrl, withPath } from './gateway-url.ts';
import type { GatewayHandler, GatewayRequest } from './handler.ts';
import type { Payload } from './payload.ts';
import { send, type RetryNotice } from './send.ts';

/** How a gateway is spoken to. */
export interface RequestOptions {
  /** How long one request may take, from connecting to the end of the answer, in milliseconds. Default 30000. */
  readonly timeoutMs?: number | undefined;
  /** How often a request is sent again after connection errors, 429 and 5xx. Default 3; 0 sends it once. */
  readonly retries?: number | undefined;
  /** Whether redirects are followed (method and body are kept) or an error. Default `refuse`. */
  readonly redirect?: 'refuse' | 'follow' | undefined;
  /** What carries the requests: authentication goes here. `defaultHandler` by default. */
  readonly handler?: GatewayHandler | undefined;
  /** Gives up, with the error `interrupted`. */
  readonly signal?: AbortSignal | undefined;
  /** Told before each pause that a retry follows. */
  readonly onRetry?: ((notice: RetryNotice) => void) | undefined;
  /**
   * Waits before a retry, in milliseconds; to be replaced in tests.
   *
   * @internal
   */
  readonly sleep?: ((ms: number, signal: AbortSignal | undefined) => Promise<unknown>) | undefined;
  /**
   * The chance in the pauses, from 0 to below 1; to be replaced in tests.
   *
   * @internal
   */
  readonly random?: (() => number) | undefined;
}

/**
 * @param path - below the gateway's own address
 * @param createBody - called once everything else has been checked
 */
export async function requestGateway(
  method: GatewayRequest['method'],
  gatewayUrl: string,
  path: string,
  options: RequestOptions,
  createBody?: () => Promise<Payload>,
): Promise<void> {
  const { timeoutMs = 30_000, retries = 3, redirect = 'refuse', handler = defaultHandler } = options;
  const gateway = parseGatewayUrl(gatewayUrl);
  refuseWrongNumbers(timeoutMs, retries);
  const payload = await createBody?.();
  const url = withPath(gateway, path);
  const headers = { 'user-agent': 'rttshark', ...payload?.headers };
  await send({ url, method, headers, body: payload?.body, redirect }, gateway, {
    handler,
    timeoutMs,
    retries,
    signal: options.signal,
    onRetry: options.onRetry,
    sleep: options.sleep ?? ((ms, signal) => sleepFor(ms, undefined, { signal })),
    random: options.random ?? Math.random,
  });
}

/** @throws RttsharkError `usage` for a time-out or a number of retries that no request can have */
export function refuseWrongNumbers(timeoutMs: number, retries: number): void {
  // More than Node's timers hold would end at once.
  if (!(timeoutMs > 0 && timeoutMs < 2 ** 31)) {
    throw new RttsharkError('usage', `"${timeoutMs}" is not a valid time-out for a gateway.`, {
      hint: 'It is more than 0 milliseconds and less than 24 days.',
    });
  }
  if (!Number.isInteger(retries) || retries < 0) {
    throw new RttsharkError('usage', `"${retries}" is not a valid number of retries.`, {
      hint: 'It is a whole number, 0 for none.',
    });
  }
}
