import { RttsharkError } from '../../errors.ts';
import type { Analysis } from '../../analysis/analysis.ts';
import { tcpAckRtt } from '../../measure/measurement.ts';
import { analysisLayout } from '../../metrics/analysis-families.ts';
import { analysisOptions, wholeNumber, type AnalysisFlags } from '../analysis-flags.ts';
import type { CommandContext, CommandEnd } from '../command-context.ts';
import type { Gateway, GatewayFlags } from '../gateway.ts';
import { histogramOptions, type HistogramFlags } from '../histogram-flags.ts';
import { pushFormatOf, type PushFormatFlags } from '../push-format.ts';
import type { ResultFormat } from '../result-formats.ts';
import { resultText } from '../result-text.ts';
import { dryRunLines, runAnalysis } from '../run-analysis.ts';

export interface AnalyzeFlags extends AnalysisFlags, HistogramFlags, GatewayFlags, PushFormatFlags {
  readonly format: ResultFormat;
  readonly top: string | undefined;
  readonly requireSamples: boolean;
  readonly dryRun: boolean;
  readonly ownMetrics: boolean;
  readonly push: string | undefined;
  readonly pushMethod: 'put' | 'post';
  readonly pushCompression: 'gzip' | 'none';
}

/** `rttshark analyze`: prints first, then pushes, so that a push that fails loses nothing. */
export async function analyzeCommand(flags: AnalyzeFlags, context: CommandContext): Promise<CommandEnd> {
  const { console, interruption } = context;
  const { pushMethod: method, pushCompression: compression } = flags;
  const analyzed = analysisOptions(flags);
  const top = flags.top === undefined ? undefined : wholeNumber('top', flags.top);
  const metrics = { histogram: histogramOptions(flags), ownMetrics: flags.ownMetrics };
  const { buckets } = analysisLayout({ ...tcpAckRtt, labelNames: analyzed.by }, metrics);
  const options = { ...analyzed, exemplarBuckets: flags.exemplars ? buckets : undefined };
  const format = pushFormatOf(flags);
  const gateway = await gatewayOf(flags, context);
  if (flags.dryRun) {
    await console.result(await dryRunLines(options));
    if (gateway !== undefined) await console.result(`# then ${method.toUpperCase()} ${gateway.groupUrl}\n`);
    return [];
  }

  const analysis = await runAnalysis(options, context);
  await console.result(await resultText(analysis, flags.format, { top, metrics, terminal: console.stdout }));
  const problems = [...analysis.problems, ...missingSamples(analysis, flags, context)];
  for (const problem of problems) console.error(problem);
  if (interruption.error !== undefined) {
    console.error(interruption.error);
    if (gateway !== undefined) console.note('Nothing was pushed: the results are not complete.');
    return [interruption.error, ...problems];
  }
  if (gateway === undefined) return problems;
  const { pushAnalysis } = await import('../push-analysis.ts');
  const failure = await pushAnalysis(analysis, { gateway, method, compression, format, metrics }, context);
  return failure === undefined ? problems : [...problems, failure];
}

/** Everything about the gateway is checked before the work. */
async function gatewayOf(flags: AnalyzeFlags, { console }: CommandContext): Promise<Gateway | undefined> {
  if (flags.push === undefined) {
    const idle = givenForPush(flags);
    if (idle.length > 0)
      console.note(`Without --push, ${idle.join(', ')} ${idle.length === 1 ? 'has' : 'have'} no effect.`);
    return undefined;
  }
  const { prepareGateway } = await import('../gateway.ts');
  return await prepareGateway(flags.push, flags, console);
}

/** Options that mean nothing without a gateway: somebody may have forgotten to name it. */
function givenForPush(flags: AnalyzeFlags): string[] {
  const given = {
    '--histogram': flags.histogram === 'classic' ? undefined : flags.histogram,
    '--exemplars': flags.exemplars ? true : undefined,
    '--grouping': flags.grouping,
    '--instance': flags.instance,
    '--username': flags.username,
    '--password-file': flags.passwordFile,
    '--bearer-token-file': flags.bearerTokenFile,
    '--tls-ca': flags.tlsCa,
    '--tls-cert': flags.tlsCert,
    '--tls-key': flags.tlsKey,
  };
  return Object.entries(given).flatMap(([option, value]) => (value === undefined ? [] : [option]));
}

function missingSamples(
  { measurements: [measured], inputs }: Analysis,
  { requireSamples, format }: AnalyzeFlags,
  { console }: CommandContext,
): RttsharkError[] {
  if (measured.total.count > 0) return [];
  const whose = inputs.length === 1 ? `of ${shownInput(inputs[0]?.path)}` : 'of any input';
  const what = `No packet ${whose} has a ${measured.field}`;
  const hint =
    'A sample needs both directions of a TCP connection: a segment and its ACK. Is the display filter (-Y) too narrow?';
  if (requireSamples) return [new RttsharkError('no_samples', `${what}.`, { hint })];
  if (format !== 'table') console.note(`${what}: there are no samples.`);
  return [];
}

function shownInput(path = '-'): string {
  return path === '-' ? 'standard input' : `"${path}"`;
}
