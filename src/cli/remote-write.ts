import { hostname } from 'node:os';
import { checkLabelName } from '../metrics/names.ts';
import type { LabelSet } from '../metrics/metric-family.ts';
import { shownUrl } from '../sinks/gateway-url.ts';
import { groupingKeyPath } from '../sinks/grouping-key.ts';
import { parseReceiverUrl } from '../sinks/receiver-url.ts';
import { makeReceiver, type ReceiverOptions } from '../sinks/remote-write-receiver.ts';
import type { Console } from './console.ts';
import { requestNumbers } from './gateway.ts';
import { keyValuePairs } from './key-values.ts';
import { credentialsHandler, remoteWritePlaces } from './server-credentials.ts';

/** The options about a store that takes remote writes, as they were given. */
export interface RemoteWriteFlags {
  readonly remoteWrite: string | undefined;
  readonly remoteWriteHeader: readonly string[] | undefined;
  readonly remoteWriteUsername: string | undefined;
  readonly remoteWritePasswordFile: string | undefined;
  readonly remoteWriteBearerTokenFile: string | undefined;
  readonly remoteWriteTlsCa: string | undefined;
  readonly remoteWriteTlsCert: string | undefined;
  readonly remoteWriteTlsKey: string | undefined;
  readonly remoteWriteTlsServerName: string | undefined;
  readonly remoteWriteTlsSkipVerify: boolean;
  readonly remoteWriteTimeout: string;
  readonly remoteWriteRetries: string;
  readonly job: string;
  readonly grouping: readonly string[] | undefined;
  /** False for `--no-instance`. */
  readonly instance: string | false | undefined;
}

/** A store that is ready to be written to: all files read, all values checked. */
export interface RemoteStore {
  /** The address as it was given. */
  readonly address: string;
  /** The same without anything secret. */
  readonly shown: string;
  /** What is added to every series. */
  readonly labels: LabelSet;
  readonly options: ReceiverOptions;
}

/**
 * What is wrong about the options, without looking at files.
 *
 * @throws RttsharkError `usage`
 */
export function checkRemoteWriteFlags(flags: RemoteWriteFlags): void {
  if (flags.remoteWrite === undefined) return;
  addedLabels(flags);
  makeReceiver(flags.remoteWrite, plainOptions(flags));
}

/** @throws RttsharkError `usage` */
export async function prepareRemoteStore(
  address: string,
  flags: RemoteWriteFlags,
  console: Pick<Console, 'note'>,
): Promise<RemoteStore> {
  checkRemoteWriteFlags(flags);
  const credentials = {
    username: flags.remoteWriteUsername,
    passwordFile: flags.remoteWritePasswordFile,
    bearerTokenFile: flags.remoteWriteBearerTokenFile,
    tlsCa: flags.remoteWriteTlsCa,
    tlsCert: flags.remoteWriteTlsCert,
    tlsKey: flags.remoteWriteTlsKey,
    tlsServerName: flags.remoteWriteTlsServerName,
    tlsSkipVerify: flags.remoteWriteTlsSkipVerify,
  };
  return {
    address,
    shown: shownUrl(parseReceiverUrl(address)),
    labels: addedLabels(flags),
    options: {
      ...plainOptions(flags),
      handler: await credentialsHandler(credentials, remoteWritePlaces, console),
      onRetry: ({ error, pauseMs }) => {
        console.note(`${error.message} Trying again in ${(pauseMs / 1000).toFixed(1)} s.`);
      },
    },
  };
}

function plainOptions(flags: RemoteWriteFlags): ReceiverOptions {
  return {
    ...requestNumbers({ pushTimeout: flags.remoteWriteTimeout, pushRetries: flags.remoteWriteRetries }),
    headers: Object.fromEntries(keyValuePairs('remote-write-header', flags.remoteWriteHeader ?? [])),
  };
}

/** Those that name the group on a gateway: the same series then come from either. */
function addedLabels({ job, grouping = [], instance }: RemoteWriteFlags): LabelSet {
  const further = Object.fromEntries(keyValuePairs('grouping', grouping));
  for (const name of Object.keys(further)) checkLabelName(name);
  const named = instance === false ? {} : { instance: instance ?? hostname() };
  const labels = { ...named, ...further };
  // Whoever pushes as well must not be told something else there.
  groupingKeyPath(job, labels);
  return { job, ...labels };
}
