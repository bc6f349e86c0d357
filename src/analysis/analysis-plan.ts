import { captureInputs } from '../capture/capture-inputs.ts';
import type { CaptureRequest } from '../capture/capture-request.ts';
import type { Observed } from '../measure/capture-collector.ts';
import { carriedProtocol, labelsOfMeasurement, originSchema } from '../measure/measurement.ts';
import { observedSchema } from '../measure/observed-schema.ts';
import type { Schema } from '../table/schema.ts';
import { packetCountArgument } from '../tshark/arguments.ts';
import { bothFilters } from '../tshark/display-filter.ts';
import type { Tshark } from '../tshark/find-tools.ts';
import type { AnalysisOptions } from './analysis-options.ts';
import { observedBy } from './observed.ts';
import { observedFilter } from './observed-filter.ts';

/** What has to be read for an analysis: pure, and all that `--dry-run` shows. */
export interface AnalysisPlan {
  readonly observed: Observed;
  /** One for each input, or one for all of them where they are joined. */
  readonly requests: readonly CaptureRequest<Schema>[];
}

/** @throws RttsharkError `usage`, `filter_invalid` */
export function planAnalysis(options: AnalysisOptions, tshark: Tshark): AnalysisPlan {
  const { inputs, join = false, packetCount } = options;
  const observed = observedBy(options);
  const sources = captureInputs(inputs, join);
  const origin = options.exemplarBuckets === undefined ? {} : originSchema;
  const common = {
    tshark,
    schema: { ...observedSchema(observed), ...origin },
    displayFilter: bothFilters(observedFilter(observed), options.filter),
    resolveNames: needsNames(observed),
    onlyTcpEnds: labelsAreOfEnds(observed),
    decodeAs: options.decodeAs,
    preferences: options.preferences,
    packetCount: packetCountArgument(packetCount),
  };
  return { observed, requests: sources.map((input) => ({ ...common, input })) };
}

/** Whether no label shows a field as it is: all that the others take of addresses and ports are a connection's ends. */
function labelsAreOfEnds({ measurements, labels }: Observed): boolean {
  const all = [...labels, ...measurements.flatMap((measurement) => labelsOfMeasurement(measurement, []))];
  return (
    all.every(({ source }) => typeof source === 'string' || 'constant' in source) &&
    measurements.every((measurement) => carriedProtocol(measurement) === 'tcp')
  );
}

/** Whether any label is a name of a host, which tshark is to look for in the capture. */
function needsNames({ measurements, labels }: Observed): boolean {
  const all = [...labels, ...measurements.flatMap((measurement) => labelsOfMeasurement(measurement, []))];
  return all.some(({ source }) => source === 'src_name' || source === 'dst_name');
}
