import type { AnalysisSinkFlags } from './analysis-sinks.ts';
import type { HistogramFlags } from './histogram-flags.ts';
import type { PushFormatFlags } from './push-format.ts';

/**
 * Options that mean nothing without a sink: somebody may have forgotten to name it. Undefined where there are none.
 *
 * @param isConfigured - whether an option is set elsewhere than on the command line: it may then be for other commands
 */
export function idleOptions(
  flags: AnalysisSinkFlags & HistogramFlags & PushFormatFlags,
  isConfigured: (option: string) => boolean,
): string | undefined {
  const note = (sink: string, given: Readonly<Record<string, unknown>>) =>
    idleNote(
      sink,
      Object.keys(given).filter((option) => given[option] !== undefined && !isConfigured(option.slice(2))),
    );
  const notes = [
    ...(flags.push === undefined ? [note('--push', onlyForPush(flags))] : []),
    ...(flags.remoteWrite === undefined ? [note('--remote-write', onlyForRemoteWrite(flags))] : []),
    ...(flags.push === undefined && flags.remoteWrite === undefined
      ? [note('--push or --remote-write', forEither(flags))]
      : []),
  ].filter((text) => text !== undefined);
  return notes.length === 0 ? undefined : notes.join(' ');
}

function idleNote(sink: string, options: readonly string[]): string | undefined {
  if (options.length === 0) return undefined;
  return `Without ${sink}, ${options.join(', ')} ${options.length === 1 ? 'has' : 'have'} no effect.`;
}

function onlyForPush(flags: AnalysisSinkFlags): Record<string, unknown> {
  return {
    '--username': flags.username,
    '--password-file': flags.passwordFile,
    '--bearer-token-file': flags.bearerTokenFile,
    '--tls-ca': flags.tlsCa,
    '--tls-cert': flags.tlsCert,
    '--tls-key': flags.tlsKey,
  };
}

function onlyForRemoteWrite(flags: AnalysisSinkFlags): Record<string, unknown> {
  return {
    '--remote-write-header': flags.remoteWriteHeader,
    '--remote-write-username': flags.remoteWriteUsername,
    '--remote-write-password-file': flags.remoteWritePasswordFile,
    '--remote-write-bearer-token-file': flags.remoteWriteBearerTokenFile,
    '--remote-write-tls-ca': flags.remoteWriteTlsCa,
    '--remote-write-tls-cert': flags.remoteWriteTlsCert,
    '--remote-write-tls-key': flags.remoteWriteTlsKey,
  };
}

function forEither(flags: AnalysisSinkFlags & HistogramFlags & PushFormatFlags): Record<string, unknown> {
  return {
    '--histogram': flags.histogram === 'classic' ? undefined : flags.histogram,
    '--exemplars': flags.exemplars ? true : undefined,
    '--grouping': flags.grouping,
    '--instance': flags.instance,
  };
}
