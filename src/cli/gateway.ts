import { hostname } from 'node:os';
import { RttsharkError } from '../errors.ts';
import { parseDuration } from '../measure/duration.ts';
import { basicAuthHandler } from '../sinks/basic-auth-handler.ts';
import { bearerAuthHandler } from '../sinks/bearer-auth-handler.ts';
import { defaultHandler } from '../sinks/default-handler.ts';
import { groupingKeyPath } from '../sinks/grouping-key.ts';
import type { GatewayHandler } from '../sinks/handler.ts';
import type { GatewayOptions } from '../sinks/push.ts';
import { parseGatewayUrl, shownUrl, withPath } from '../sinks/gateway-url.ts';
import { refuseWrongNumbers, type RequestOptions } from '../sinks/request-gateway.ts';
import { tlsAuthHandler } from '../sinks/tls-auth-handler.ts';
import { readTlsFiles } from '../sinks/tls-files.ts';
import type { Console } from './console.ts';
import { keyValuePairs } from './key-values.ts';
import { readSecret, secretVariables } from './secrets.ts';

/** The options about a connection, as they were given. */
export interface ConnectionFlags {
  readonly username: string | undefined;
  readonly passwordFile: string | undefined;
  readonly bearerTokenFile: string | undefined;
  readonly tlsCa: string | undefined;
  readonly tlsCert: string | undefined;
  readonly tlsKey: string | undefined;
  readonly tlsServerName: string | undefined;
  readonly tlsSkipVerify: boolean;
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
    handler: await handlerOf(flags, console),
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

async function handlerOf(flags: ConnectionFlags, console: Pick<Console, 'note'>): Promise<GatewayHandler> {
  let handler: GatewayHandler = defaultHandler;
  const passphrase = readSecret('passphrase', undefined, secretVariables.tlsKeyPassphrase, process.env);
  const tls = {
    caFile: flags.tlsCa,
    certFile: flags.tlsCert,
    keyFile: flags.tlsKey,
    serverName: flags.tlsServerName,
    skipVerify: flags.tlsSkipVerify ? true : undefined,
  };
  if (Object.values(tls).some((value) => value !== undefined)) {
    const onWarning = (message: string) => {
      console.note(message);
    };
    handler = tlsAuthHandler({ ...(await readTlsFiles(tls)), passphrase, onWarning }, handler);
  }
  const { username } = flags;
  const password = readSecret('password', flags.passwordFile, secretVariables.password, process.env);
  const token = readSecret('token', flags.bearerTokenFile, secretVariables.bearerToken, process.env);
  if (flags.bearerTokenFile !== undefined && username !== undefined) {
    throw new RttsharkError('usage', 'Basic auth and a bearer token exclude each other.', {
      hint: 'Leave away --username or --bearer-token-file.',
    });
  }
  if (username !== undefined) {
    if (password === undefined) {
      throw new RttsharkError('usage', `There is no password for the user "${username}".`, {
        hint: `Name its file with --password-file, or set the variable ${secretVariables.password}.`,
      });
    }
    return basicAuthHandler({ username, password }, handler);
  }
  if (flags.passwordFile !== undefined) {
    throw new RttsharkError('usage', 'There is a password but no user.', {
      hint: 'Name the user with --username.',
    });
  }
  return token === undefined ? handler : bearerAuthHandler({ token }, handler);
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
