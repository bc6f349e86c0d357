import type { Analysis } from '../analysis/analysis.ts';
import type { RttsharkError } from '../errors.ts';
import type { RegistryOptions } from '../metrics/analysis-registry.ts';
import { checkTextfile } from '../sinks/textfile.ts';
import type { CommandContext } from './command-context.ts';
import { deliver } from './deliver.ts';
import { prepareGateway, type GatewayFlags } from './gateway.ts';
import { pushAnalysis, type PushWork } from './push-analysis.ts';
import { prepareRemoteStore, type RemoteWriteFlags } from './remote-write.ts';
import { textfileAnalysis } from './textfile-analysis.ts';
import { writeAnalysis, type WriteWork } from './write-analysis.ts';

/** The options that say where the metrics of an analysis go, as they were given. */
export interface AnalysisSinkFlags extends GatewayFlags, RemoteWriteFlags {
  readonly push: string | undefined;
  readonly pushMethod: 'put' | 'post';
  readonly pushCompression: 'gzip' | 'none';
  readonly remoteWriteTime: 'now' | 'capture';
  readonly textfile: string | undefined;
}

/** Where the metrics of an analysis go: everything about it has been checked. */
export interface AnalysisSinks {
  readonly push: PushWork | undefined;
  readonly remoteWrite: WriteWork | undefined;
  /** A path. */
  readonly textfile: string | undefined;
  readonly metrics: RegistryOptions;
}

/**
 * Checks everything before the work.
 *
 * @param format - of a push
 * @throws RttsharkError `usage`
 */
export async function prepareSinks(
  flags: AnalysisSinkFlags,
  format: 'text' | 'protobuf',
  metrics: RegistryOptions,
  { console }: Pick<CommandContext, 'console'>,
): Promise<AnalysisSinks> {
  const { push, remoteWrite, textfile } = flags;
  if (textfile !== undefined) await checkTextfile(textfile);
  return {
    push:
      push === undefined
        ? undefined
        : {
            gateway: await prepareGateway(push, flags, console),
            method: flags.pushMethod,
            compression: flags.pushCompression,
            format,
            metrics,
          },
    remoteWrite:
      remoteWrite === undefined
        ? undefined
        : {
            store: await prepareRemoteStore(remoteWrite, flags, console),
            time: flags.remoteWriteTime,
            metrics,
          },
    textfile,
    metrics,
  };
}

/** What would be done with the results, a line each. */
export function sinkLines({ push, remoteWrite, textfile }: AnalysisSinks): string {
  return [
    ...(push === undefined ? [] : [`# then ${push.method.toUpperCase()} ${push.gateway.groupUrl}\n`]),
    ...(remoteWrite === undefined ? [] : [`# then remote write to ${remoteWrite.store.shown}\n`]),
    ...(textfile === undefined ? [] : [`# then write ${textfile}\n`]),
  ].join('');
}

/**
 * Sends the metrics everywhere, side by side: one that fails keeps none of the others from theirs.
 *
 * @returns the failures, which have been reported
 */
export async function deliverAnalysis(
  analysis: Analysis,
  { push, remoteWrite, textfile, metrics }: AnalysisSinks,
  context: CommandContext,
): Promise<RttsharkError[]> {
  const { console } = context;
  const failures = await Promise.all([
    push === undefined ? undefined : deliver(() => pushAnalysis(analysis, push, context), context),
    remoteWrite === undefined
      ? undefined
      : deliver(() => writeAnalysis(analysis, remoteWrite, context), context),
    textfile === undefined
      ? undefined
      : deliver(() => textfileAnalysis(analysis, textfile, metrics), { console }),
  ]);
  return failures.filter((failure) => failure !== undefined);
}
