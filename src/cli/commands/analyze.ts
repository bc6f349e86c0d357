import { analysisOptions, wholeNumber, type AnalysisFlags } from '../analysis-flags.ts';
import type { AnalysisSinkFlags, AnalysisSinks } from '../analysis-sinks.ts';
import type { RegistryOptions } from '../../metrics/analysis-registry.ts';
import type { CommandContext, CommandEnd } from '../command-context.ts';
import { declaredMeasurements } from '../declared-measurements.ts';
import { exemplarBuckets } from '../exemplar-buckets.ts';
import { histogramOptions, type HistogramFlags } from '../histogram-flags.ts';
import { idleOptions } from '../idle-options.ts';
import { missingSamples, noteOtherGroups, noteSketches } from '../missing-samples.ts';
import { pushFormatOf, type PushFormatFlags } from '../push-format.ts';
import type { ResultFormat } from '../result-formats.ts';
import { resultText } from '../result-text.ts';
import { dryRunLines, runAnalysis } from '../run-analysis.ts';

export interface AnalyzeFlags extends AnalysisFlags, HistogramFlags, AnalysisSinkFlags, PushFormatFlags {
  readonly format: ResultFormat;
  readonly top: string | undefined;
  readonly requireSamples: boolean;
  readonly dryRun: boolean;
  readonly ownMetrics: boolean;
  readonly push: string | undefined;
}

/** `rttshark analyze`: prints first, then pushes and writes, so that a sink that fails loses nothing. */
export async function analyzeCommand(flags: AnalyzeFlags, context: CommandContext): Promise<CommandEnd> {
  const { console, interruption } = context;
  const analyzed = analysisOptions(flags, declaredMeasurements(context));
  const top = flags.top === undefined ? undefined : wholeNumber('top', flags.top);
  const metrics = { histogram: histogramOptions(flags), ownMetrics: flags.ownMetrics };
  const buckets = exemplarBuckets(analyzed, metrics);
  const options = {
    ...analyzed,
    histogram: metrics.histogram,
    exemplarBuckets: flags.exemplars ? buckets : undefined,
  };
  const format = pushFormatOf(flags);
  const sinks = await sinksOf(flags, format, metrics, context);
  if (flags.dryRun) {
    const { sinkLines } = await import('../analysis-sinks.ts');
    await console.result(`${await dryRunLines(options)}${sinks === undefined ? '' : sinkLines(sinks)}`);
    return [];
  }

  const analysis = await runAnalysis(options, flags, context);
  await console.result(await resultText(analysis, flags.format, { top, metrics, terminal: console.stdout }));
  const problems = [...analysis.problems, ...missingSamples(analysis, flags, context)];
  for (const problem of problems) console.error(problem);
  noteOtherGroups(analysis, context);
  noteSketches(analysis, context);
  if (interruption.error !== undefined) {
    console.error(interruption.error);
    if (sinks !== undefined) console.note('Nothing was pushed or written: the results are not complete.');
    return [interruption.error, ...problems];
  }
  if (sinks === undefined) return problems;
  const { deliverAnalysis } = await import('../analysis-sinks.ts');
  return [...problems, ...(await deliverAnalysis(analysis, sinks, context))];
}

/** Everything about the sinks is checked before the work. */
async function sinksOf(
  flags: AnalyzeFlags,
  format: 'text' | 'protobuf',
  metrics: RegistryOptions,
  { console, configuration }: CommandContext,
): Promise<AnalysisSinks | undefined> {
  const idle = idleOptions(flags, (option) => configuration.sets(option));
  if (idle !== undefined) console.note(idle);
  const { push, remoteWrite, textfile } = flags;
  if (push === undefined && remoteWrite === undefined && textfile === undefined) return undefined;
  const { prepareSinks } = await import('../analysis-sinks.ts');
  return await prepareSinks(flags, format, metrics, { console });
}
