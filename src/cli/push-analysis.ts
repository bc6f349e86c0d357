import type { Analysis } from '../analysis/analysis.ts';
import { analysisFamilies } from '../metrics/analysis-families.ts';
import type { RegistryOptions } from '../metrics/analysis-registry.ts';
import { analysisText } from '../metrics/analysis-text.ts';
import { encodeInSlices } from '../metrics/encode-in-slices.ts';
import { expositionFormats } from '../metrics/exposition-formats.ts';
import { pushAddToGateway, pushToGateway } from '../sinks/push.ts';
import { succeededAt } from './analysis-metrics.ts';
import type { CommandContext } from './command-context.ts';
import type { Gateway } from './gateway.ts';

export interface PushWork {
  readonly gateway: Gateway;
  readonly method: 'put' | 'post';
  readonly compression: 'gzip' | 'none';
  readonly format: 'text' | 'protobuf';
  readonly metrics: RegistryOptions;
}

/** Pushes the metrics of an analysis, and gives what is to be said of it. */
export async function pushAnalysis(
  analysis: Analysis,
  { gateway, method, compression, format, metrics }: PushWork,
  { interruption }: CommandContext,
): Promise<string> {
  const registry = { ...metrics, succeededAt: succeededAt(analysis.problems) };
  const push = method === 'put' ? pushToGateway : pushAddToGateway;
  const samples = analysis.measurements.reduce((sum, { total }) => sum + total.count, 0);
  await push(gateway.url, {
    ...gateway.options,
    metrics: await encodeInSlices(
      format === 'text'
        ? analysisText(analysis, registry)
        : expositionFormats.protobuf.encode(analysisFamilies(analysis, registry)),
    ),
    contentType: expositionFormats[format].contentType,
    compression,
    signal: interruption.signal,
  });
  return `Pushed ${samples} samples to "${gateway.groupUrl}".`;
}
