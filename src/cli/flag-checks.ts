import { parseTolerance } from '../measure/baseline.ts';
import { parseBudget } from '../measure/budget.ts';
import { parseLabelMatch } from '../measure/label-match.ts';
import { checkBuckets, defaultBuckets } from '../metrics/buckets.ts';
import { checkMetricName } from '../metrics/names.ts';
import { groupingKeyPath } from '../sinks/grouping-key.ts';
import { parseGatewayUrl } from '../sinks/gateway-url.ts';
import { checkTextfileName } from '../sinks/textfile.ts';
import { analysisOptions, wholeNumber, type AnalysisFlags } from './analysis-flags.ts';
import type { AnalyzeFlags } from './commands/analyze.ts';
import type { CheckFlags } from './commands/check.ts';
import { extractionOptions, type ExtractFlags } from './extract-flags.ts';
import { groupingOf, requestNumbers, type ConnectionFlags, type GatewayFlags } from './gateway.ts';
import { histogramOptions, type HistogramFlags } from './histogram-flags.ts';
import { liveOptions, type LiveFlags } from './live-flags.ts';
import { parseByteSize } from './byte-size.ts';
import { pushFormatOf, type PushFormatFlags } from './push-format.ts';
import { checkRemoteWriteFlags, type RemoteWriteFlags } from './remote-write.ts';

type FlagCheck<Flags> = (flags: Flags) => unknown;

interface PushFlags {
  readonly push: string | undefined;
}

const top: FlagCheck<{ readonly top: string | undefined }> = (flags) =>
  flags.top === undefined ? undefined : wholeNumber('top', flags.top);

const address: FlagCheck<PushFlags> = ({ push }) => (push === undefined ? undefined : parseGatewayUrl(push));

const group: FlagCheck<GatewayFlags> = (flags) => groupingKeyPath(flags.job, groupingOf(flags));

const textfile: FlagCheck<PushFormatFlags> = ({ textfile: file }) => {
  if (file !== undefined) checkTextfileName(file);
};

const remoteWrite: FlagCheck<RemoteWriteFlags> = checkRemoteWriteFlags;

const connection = [address, requestNumbers] satisfies FlagCheck<PushFlags & ConnectionFlags>[];

const buckets: FlagCheck<HistogramFlags> = (flags) =>
  checkBuckets(histogramOptions(flags).buckets ?? defaultBuckets);

const metricName: FlagCheck<HistogramFlags> = ({ metricName: name }) => {
  if (name !== undefined) checkMetricName(name);
};

const analyze = [
  analysisOptions,
  histogramOptions,
  buckets,
  metricName,
  pushFormatOf,
  top,
  group,
  remoteWrite,
  textfile,
  ...connection,
] satisfies FlagCheck<AnalyzeFlags & AnalysisFlags & HistogramFlags & PushFormatFlags>[];

const live = [
  liveOptions,
  buckets,
  metricName,
  pushFormatOf,
  top,
  group,
  remoteWrite,
  ({ remoteWriteQueue }) => parseByteSize(remoteWriteQueue),
  textfile,
  ...connection,
] satisfies FlagCheck<LiveFlags>[];

const check = [
  analysisOptions,
  ({ max = [] }) => max.map((text) => parseBudget('max', text)),
  ({ min = [] }) => min.map((text) => parseBudget('min', text)),
  (flags) => (flags.for ?? []).map(parseLabelMatch),
  ({ tolerance }) => parseTolerance(tolerance),
] satisfies FlagCheck<CheckFlags>[];

const extract = [extractionOptions, top] satisfies FlagCheck<ExtractFlags>[];

/** What each command says of its options before any work: pure, looks at no file, and throws `usage`. */
export const flagChecks: Readonly<Record<string, readonly FlagCheck<never>[]>> = {
  analyze,
  live,
  extract,
  check,
  delete: [group, ...connection],
  doctor: connection,
};
