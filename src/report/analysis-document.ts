import type { Measured } from '../measure/budget.ts';
import type { CountedGroup, CounterResult } from '../measure/counter-collector.ts';
import { statisticNames, type MeasurementResult, type Statistics } from '../measure/statistics.ts';

/** The version of the document's shape. It changes when a reader of the old one would go wrong. */
export const analysisSchema = 'rttshark.analysis/1';

/** One capture that was read. */
export interface AnalysisInput {
  readonly path: string;
  /** Null where they were not counted by input, as for captures that are joined. */
  readonly samples: number | null;
  /** The capture is cut short or damaged: its figures are those up to there. */
  readonly truncated: boolean;
}

/** A group's labels, and its statistics beside them. */
export interface AnalysisGroup extends Statistics {
  readonly labels: Readonly<Record<string, string>>;
}

export interface AnalysisMeasurement {
  readonly name: string;
  readonly field: string;
  readonly unit: 'seconds';
  readonly quantile_method: MeasurementResult['quantileMethod'];
  /** Only where the method is `sketch`. */
  readonly quantile_relative_error?: number;
  /** Only where there were too many groups: how many are one, whose every label is `other`. */
  readonly other_groups?: number;
  /** None where only the total was asked for. */
  readonly groups: readonly AnalysisGroup[];
  readonly total: Statistics;
}

/** Packets that were counted, group by group: largest count first, then by labels. */
export interface AnalysisCounter {
  /** As in `tcp_retransmissions`. */
  readonly name: string;
  readonly field: string;
  readonly unit: 'packets';
  /** Those with such a packet; none where only the total was asked for. */
  readonly groups: readonly CountedGroup[];
  readonly total: number;
}

/** A stretch of time, in seconds since the epoch. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** What `--format json` prints. Keys are in the order of these interfaces. */
export interface AnalysisDocument {
  readonly schema: typeof analysisSchema;
  readonly tshark: { readonly version: string };
  readonly inputs: readonly AnalysisInput[];
  /** Only where the figures are of one interval of a live capture. */
  readonly interval?: Interval;
  readonly measurements: readonly AnalysisMeasurement[];
  /** Only where packets were counted. */
  readonly counters?: readonly AnalysisCounter[];
}

export interface AnalysisParts {
  readonly tsharkVersion: string;
  readonly inputs: readonly AnalysisInput[];
  readonly interval?: Interval | undefined;
  readonly measurements: readonly MeasurementResult[];
  readonly counters?: readonly CounterResult[] | undefined;
}

/** The document of one analysis, or of an interval. Figures that do not exist, or are no finite number, are null. */
export function analysisDocument({
  tsharkVersion,
  inputs,
  interval,
  measurements,
  counters = [],
}: AnalysisParts): AnalysisDocument {
  return {
    schema: analysisSchema,
    tshark: { version: tsharkVersion },
    inputs: inputs.map(({ path, samples, truncated }) => ({ path, samples, truncated })),
    ...(interval === undefined ? {} : { interval: { start: interval.start, end: interval.end } }),
    measurements: measurements.map(documentMeasurement),
    ...(counters.length === 0 ? {} : { counters: counters.map(documentCounter) }),
  };
}

function documentCounter({ name, field, groups, total }: CounterResult): AnalysisCounter {
  return {
    name,
    field,
    unit: 'packets',
    groups: groups.filter(isLabelled).map(({ labels, count }) => ({ labels: { ...labels }, count })),
    total,
  };
}

/** One measurement as it stands in a document. */
export function documentMeasurement({
  name,
  field,
  unit,
  groups,
  total,
  otherGroups,
  ...quantiles
}: MeasurementResult): AnalysisMeasurement {
  return {
    name,
    field,
    unit,
    ...quantileKeys(quantiles),
    ...(otherGroups === undefined ? {} : { other_groups: otherGroups }),
    groups: groups.filter(isLabelled).map(({ labels, statistics }) => ({
      labels: { ...labels },
      ...orderedFigures(statistics),
    })),
    total: orderedFigures(total),
  };
}

/** A document's measurement as budgets and baselines take it. */
export function measuredOf(measurement: AnalysisMeasurement): Measured {
  const groups = groupsOrTotal(measurement).map((group) => ({ labels: group.labels, statistics: group }));
  return { name: measurement.name, groups };
}

/** The groups; where only the total was asked for, the total as one group without labels. */
export function groupsOrTotal({ groups, total }: AnalysisMeasurement): readonly AnalysisGroup[] {
  return groups.length === 0 && total.count > 0 ? [{ labels: {}, ...total }] : groups;
}

/** The groups that were counted; where only the total was asked for, the total as one group without labels. */
export function countedOrTotal({ groups, total }: AnalysisCounter): readonly CountedGroup[] {
  return groups.length === 0 && total > 0 ? [{ labels: {}, count: total }] : groups;
}

function isLabelled({ labels }: { readonly labels: Readonly<Record<string, string>> }): boolean {
  return Object.keys(labels).length > 0;
}

function quantileKeys({
  quantileMethod,
  quantileRelativeError,
}: Pick<MeasurementResult, 'quantileMethod' | 'quantileRelativeError'>): Pick<
  AnalysisMeasurement,
  'quantile_method' | 'quantile_relative_error'
> {
  return {
    quantile_method: quantileMethod,
    ...(quantileRelativeError === null ? {} : { quantile_relative_error: quantileRelativeError }),
  };
}

/** Statistics in the order of every output; what is no finite number is null. */
export function orderedFigures(statistics: Statistics): Statistics {
  const figures = statisticNames.map((name) => {
    const figure = statistics[name];
    return [name, Number.isFinite(figure) ? figure : null];
  });
  return Object.fromEntries(figures) as Statistics;
}
