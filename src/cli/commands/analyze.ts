import { RttsharkError } from '../../errors.ts';
import type { Analysis } from '../../analysis/analysis.ts';
import { tcpAckRtt } from '../../measure/measurement.ts';
import { analysisRegistry, type RegistryOptions } from '../../metrics/analysis-registry.ts';
import { analysisDocument } from '../../report/analysis-document.ts';
import { analysisCsv } from '../../report/csv.ts';
import { jsonText } from '../../report/json.ts';
import { jsonLines } from '../../report/jsonl.ts';
import { renderAnalysis } from '../../report/terminal-table.ts';
import { pushAddToGateway, pushToGateway } from '../../sinks/push.ts';
import { analysisOptions, wholeNumber, type AnalysisFlags } from '../analysis-flags.ts';
import type { CommandContext, CommandEnd } from '../command-context.ts';
import { prepareGateway, type Gateway, type GatewayFlags } from '../gateway.ts';
import { histogramOptions, type HistogramFlags } from '../histogram-flags.ts';
import { dryRunLines, runAnalysis } from '../run-analysis.ts';
import type { Terminal } from '../terminal.ts';

export interface AnalyzeFlags extends AnalysisFlags, HistogramFlags, GatewayFlags {
  readonly format: 'table' | 'json' | 'jsonl' | 'csv' | 'prometheus';
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
  const options = analysisOptions(flags);
  const top = flags.top === undefined ? undefined : wholeNumber('top', flags.top);
  const metrics = { histogram: histogramOptions(flags), ownMetrics: flags.ownMetrics };
  checkMetrics(options.by ?? [], metrics);
  const gateway = flags.push === undefined ? undefined : await prepareGateway(flags.push, flags, console);
  if (flags.dryRun) {
    await console.result(await dryRunLines(options));
    if (gateway !== undefined)
      await console.result(`# then ${flags.pushMethod.toUpperCase()} ${gateway.groupUrl}\n`);
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
  const failure = await push(analysis, { flags, metrics, gateway, problems, context });
  return failure === undefined ? problems : [...problems, failure];
}

/** Finds what is wrong with names and buckets before the work instead of after it. */
function checkMetrics(labelNames: readonly string[], metrics: RegistryOptions): void {
  const nothing = { count: 0, sum: 0, mean: null, stddev: null, min: null, max: null, p50: null, p90: null };
  analysisRegistry(
    {
      ...tcpAckRtt,
      quantileMethod: 'exact',
      labelNames,
      groups: [],
      total: { ...nothing, p95: null, p99: null, first_seen: null, last_seen: null },
      sortedValues: new Float64Array(),
    },
    metrics,
  );
}

interface Presentation {
  readonly top: number | undefined;
  readonly metrics: RegistryOptions;
  readonly terminal: Terminal;
}

async function resultText(
  analysis: Analysis,
  format: AnalyzeFlags['format'],
  { top, metrics, terminal }: Presentation,
): Promise<string> {
  const { inputs, measurements } = analysis;
  const [measured] = measurements;
  const tsharkVersion = analysis.tshark.version;
  const document = analysisDocument({ tsharkVersion, inputs, measurements });
  switch (format) {
    case 'table':
      return renderAnalysis(measured, {
        ...terminal,
        top,
        inputs,
        tsharkVersion,
        description: tcpAckRtt.title,
      });
    case 'json':
      return jsonText(document);
    case 'jsonl':
      return jsonLines(document);
    case 'csv':
      return analysisCsv(document, [...measured.labelNames]);
    case 'prometheus':
      return await analysisRegistry(measured, metrics).metrics();
  }
}

function missingSamples(
  { measurements: [measured], inputs }: Analysis,
  { requireSamples, format }: AnalyzeFlags,
  { console }: CommandContext,
): RttsharkError[] {
  if (measured.total.count > 0) return [];
  const what = `No packet ${inputs.length === 1 ? `of ${shownInput(inputs[0]?.path)}` : 'of any input'} has a ${measured.field}`;
  const hint =
    'A sample needs both directions of a TCP connection: a segment and its ACK. Is the display filter (-Y) too narrow?';
  if (requireSamples) return [new RttsharkError('no_samples', `${what}.`, { hint })];
  if (format !== 'table') console.note(`${what}: there are no samples.`);
  return [];
}

function shownInput(path = '-'): string {
  return path === '-' ? 'standard input' : `"${path}"`;
}

interface PushWork {
  readonly flags: AnalyzeFlags;
  readonly metrics: RegistryOptions;
  readonly gateway: Gateway;
  readonly problems: readonly RttsharkError[];
  readonly context: CommandContext;
}

async function push(analysis: Analysis, work: PushWork): Promise<RttsharkError | undefined> {
  const { flags, metrics, gateway, problems, context } = work;
  const { console, interruption } = context;
  const [measured] = analysis.measurements;
  const succeededAt = problems.length === 0 ? Date.now() / 1000 : undefined;
  const send = flags.pushMethod === 'put' ? pushToGateway : pushAddToGateway;
  try {
    await send(gateway.url, {
      ...gateway.options,
      metrics: analysisRegistry(measured, { ...metrics, succeededAt }),
      compression: flags.pushCompression,
      signal: interruption.signal,
    });
    console.note(`Pushed ${measured.total.count} samples to "${gateway.groupUrl}".`);
    return undefined;
  } catch (error) {
    if (!(error instanceof RttsharkError)) throw error;
    const failure = interruption.error ?? error;
    console.error(failure);
    return failure;
  }
}
