import { hostname } from 'node:os';
import { RttsharkError } from '../errors.ts';
import { parseDuration } from '../measure/duration.ts';
import { groupingKeyPath } from '../sinks/grouping-key.ts';
import type { GatewayOptions } from '../sinks/push.ts';
import { parseGatewayUrl, shownUrl, withPath } from '../sinks/gateway-url.ts';
import { refuseWrongNumbers, type RequestOptions } from '../sinks/request-gateway.ts';
import type { Console } from './console.ts';
import { keyValuePairs } from './key-values.ts';
import { credentialsHandler, gatewayPlaces, type CredentialFlags } from './server-credentials.ts';

/** The options about a connection, as they were given. */
export interface ConnectionFlags extends CredentialFlags {
  readonly pushTimeout: string;
  readonly pushRetries: string;
  readonly followRedirects: boolean;
}

/** The options of a command that works on a group of a gateway, as they were given. */
export interface GatewayFlags extends ConnectionFlags {
  readonly job: string;
  readonly grouping: readonly string[] | undefined;
  /** False for `--no-instance`. */
  readonly instance: string | false | undefined;
}

/** A gateway that is ready to be spoken with: all files read, all values checked. */
export interface Gateway {
  /** The gateway's address, as given. */
  readonly url: string;
  /** The group's address, without anything secret. */
  readonly groupUrl: string;
  readonly options: GatewayOptions;
}

/**
 * Checks everything that was said about a gateway before any work is done.
 *
 * @throws RttsharkError `usage`
 */
export async function prepareGateway(
  url: string,
  flags: GatewayFlags,
  console: Pick<Console, 'note'>,
): Promise<Gateway> {
  const grouping = groupingOf(flags);
  const groupUrl = shownUrl(withPath(parseGatewayUrl(url), groupingKeyPath(flags.job, grouping)));
  return {
    url,
    groupUrl,
    options: { job: flags.job, grouping, ...(await connectionOptions(flags, console)) },
  };
}

/**
 * How to speak with a gateway.
 *
 * @throws RttsharkError `usage`
 */
export async function connectionOptions(
  flags: ConnectionFlags,
  console: Pick<Console, 'note'>,
): Promise<RequestOptions> {
  return {
    ...requestNumbers(flags),
    handler: await credentialsHandler(flags, gatewayPlaces, console),
    redirect: flags.followRedirects ? 'follow' : 'refuse',
    onRetry: ({ error, pauseMs }) => {
      console.note(`${error.message} Trying again in ${(pauseMs / 1000).toFixed(1)} s.`);
    },
  };
}

/**
 * How long and how often a request is tried.
 *
 * @throws RttsharkError `usage`
 */
export function requestNumbers(flags: Pick<ConnectionFlags, 'pushTimeout' | 'pushRetries'>): {
  readonly timeoutMs: number;
  readonly retries: number;
} {
  const numbers = { timeoutMs: timeoutMs(flags.pushTimeout), retries: retries(flags.pushRetries) };
  refuseWrongNumbers(numbers.timeoutMs, numbers.retries);
  return numbers;
}

/**
 * The labels of the group beside job.
 *
 * @throws RttsharkError `usage`
 */
export function groupingOf({ grouping = [], instance }: GatewayFlags): Record<string, string> {
  const labels = Object.fromEntries(keyValuePairs('grouping', grouping));
  if (instance === false || Object.hasOwn(labels, 'instance')) return labels;
  return { instance: instance ?? hostname(), ...labels };
}

function timeoutMs(text: string): number {
  const seconds = parseDuration(text);
  if (seconds <= 0) throw new RttsharkError('usage', `The time-out "${text}" is not above zero.`);
  return seconds * 1000;
}

function retries(text: string): number {
  if (!/^\d+$/.test(text)) {
    throw new RttsharkError('usage', `"${text}" is no number of retries.`, {
      hint: 'It is a whole number, 0 for none.',
    });
  }
  return Number(text);
}
