/** Sends one request until it succeeds, cannot succeed, or was tried often enough. */

import { RttsharkError } from '../errors.ts';
import { gatewayErrorOfStatus } from './gateway-error.ts';
import { gatewayErrorOfFailure, gatewayTimeout } from './gateway-failure.ts';
import { shownUrl } from './gateway-url.ts';
import type { GatewayHandler, GatewayRequest } from './handler.ts';
import { gatewayWords, type PeerWords } from './peer-words.ts';
import { isRetriedFailure, isRetriedStatus, parseRetryAfterMs, pauseBeforeRetryMs } from './retry.ts';
import { toTransportError } from './transport-error.ts';
import { withinTime } from './within-time.ts';

/** What `onRetry` is told. */
export interface RetryNotice {
  /** 1 for the first retry. */
  readonly retry: number;
  /** How many retries there are at most. */
  readonly retries: number;
  /** How long it waits now, in milliseconds. */
  readonly pauseMs: number;
  /** Why. */
  readonly error: RttsharkError;
}

export interface SendOptions {
  readonly handler: GatewayHandler;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly signal: AbortSignal | undefined;
  readonly onRetry: ((notice: RetryNotice) => void) | undefined;
  /** Waits; may reject when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<unknown>;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** What messages call the server; a gateway by default. */
  readonly peer?: PeerWords | undefined;
  /** Of the time that the server asks for by Retry-After so much is granted; 30 s by default. */
  readonly longestRetryAfterMs?: number | undefined;
}

type Attempt = { readonly error?: undefined } | FailedAttempt;

interface FailedAttempt {
  readonly error: RttsharkError;
  readonly again: boolean;
  readonly retryAfterMs?: number | undefined;
}

/** @param gateway - the address of the gateway, for messages */
export async function send(
  request: Omit<GatewayRequest, 'signal'>,
  gateway: URL,
  options: SendOptions,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    const attempt = await attemptOnce(request, gateway, options, tries);
    if (attempt.error === undefined) return;
    if (!attempt.again || tries > options.retries) throw attempt.error;
    const pauseMs = pauseBeforeRetryMs(
      tries - 1,
      options.random(),
      attempt.retryAfterMs,
      options.longestRetryAfterMs,
    );
    options.onRetry?.({ retry: tries, retries: options.retries, pauseMs, error: attempt.error });
    await pause(pauseMs, options);
  }
}

async function attemptOnce(
  request: Omit<GatewayRequest, 'signal'>,
  gateway: URL,
  { handler, timeoutMs, signal, peer = gatewayWords }: SendOptions,
  tries: number,
): Promise<Attempt> {
  const outcome = await withinTime(timeoutMs, signal, (within) => handler({ ...request, signal: within }));
  switch (outcome.kind) {
    case 'aborted':
      throw interrupted(gateway, peer);
    case 'timed_out':
      return { error: gatewayTimeout(gateway, timeoutMs, peer), again: false };
    case 'failed': {
      if (outcome.error instanceof RttsharkError) throw outcome.error;
      const failure = toTransportError(outcome.error);
      if (failure === undefined) throw outcome.error;
      return {
        error: gatewayErrorOfFailure(failure, gateway, tries, peer),
        again: isRetriedFailure(failure),
      };
    }
    case 'done': {
      const { status, headers } = outcome.value;
      if (status >= 200 && status <= 299) return {};
      return {
        error: gatewayErrorOfStatus(outcome.value, gateway, tries, peer),
        again: isRetriedStatus(status),
        retryAfterMs: parseRetryAfterMs(headers['retry-after'], Date.now()),
      };
    }
  }
}

async function pause(pauseMs: number, { signal, sleep }: SendOptions): Promise<void> {
  try {
    await sleep(pauseMs, signal);
  } catch (error) {
    // The next attempt finds out that it is not wanted.
    if (signal?.aborted !== true) throw error;
  }
}

function interrupted(gateway: URL, { noun }: PeerWords): RttsharkError {
  return new RttsharkError(
    'interrupted',
    `The request to the ${noun} "${shownUrl(gateway)}" was interrupted.`,
    {
      hint: 'It may or may not have been taken.',
    },
  );
}
