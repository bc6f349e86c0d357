import { RttsharkError } from '../errors.ts';
import type { CaptureRequest } from '../capture/capture-request.ts';
import { checkLabels, defaultLabels, labelSources, type LabelSource } from '../measure/labels.ts';
import { measurementSchema, originSchema, tcpAckRtt, type Measurement } from '../measure/measurement.ts';
import type { Schema } from '../table/schema.ts';
import { packetCountArgument } from '../tshark/arguments.ts';
import { bothFilters } from '../tshark/display-filter.ts';
import type { Tshark } from '../tshark/find-tools.ts';
import type { AnalysisOptions } from './analysis-options.ts';

/** What has to be read for an analysis: pure, and all that `--dry-run` shows. */
export interface AnalysisPlan {
  readonly measurement: Measurement;
  readonly labels: readonly LabelSource[];
  /** One for each input, or one for all of them where they are joined. */
  readonly requests: readonly CaptureRequest<Schema>[];
}

/** @throws RttsharkError `usage`, `filter_invalid` */
export function planAnalysis(options: AnalysisOptions, tshark: Tshark): AnalysisPlan {
  const { inputs, join = false, by = defaultLabels, swap = false, packetCount } = options;
  const labels = labelSources(checkLabels(by), swap);
  const measurement = tcpAckRtt;
  if (inputs.length === 0)
    throw new RttsharkError('usage', 'No capture was named.', {
      hint: 'Name capture files, or "-" for standard input.',
    });
  if (inputs.filter((input) => input === '-').length > 1) {
    throw new RttsharkError('usage', 'Standard input ("-") can be read only once.');
  }
  if (join && inputs.includes('-')) {
    throw new RttsharkError('usage', 'Standard input ("-") cannot be joined with files.');
  }
  const origin = options.exemplarBuckets === undefined ? {} : originSchema;
  const common = {
    tshark,
    schema: { ...measurementSchema(measurement, labels), ...origin },
    displayFilter: bothFilters(measurement.field, options.filter),
    decodeAs: options.decodeAs,
    preferences: options.preferences,
    packetCount: packetCountArgument(packetCount),
  };
  const sources = join ? [{ join: inputs }] : inputs;
  return { measurement, labels, requests: sources.map((input) => ({ ...common, input })) };
}
