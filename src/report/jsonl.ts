import type { MeasurementResult } from '../measure/statistics.ts';
import {
  groupsOrTotal,
  orderedFigures,
  type AnalysisDocument,
  type AnalysisGroup,
  type AnalysisMeasurement,
  type Interval,
} from './analysis-document.ts';
import { statisticsByLabels } from './labels-key.ts';

/**
 * A line of JSON for each group: the measurement's name, the labels, the statistics. Totals are left out,
 * because whoever adds up the lines would count every sample twice; where only the total was asked for, it is the line.
 * Then one for each group that had packets to be counted: the counter's name, the labels, the count.
 *
 * @returns the empty text where there are no groups, otherwise lines that each end in a newline
 */
export function jsonLines({ measurements, counters = [] }: AnalysisDocument): string {
  const measured = measurements.flatMap((measurement) =>
    groupsOrTotal(measurement).map((group) => jsonLine(measurement, group)),
  );
  const counted = counters.flatMap(({ name, groups, total }) =>
    (groups.length === 0 && total > 0 ? [{ labels: {}, count: total }] : groups).map(
      (group) => `${JSON.stringify({ counter: name, ...group })}\n`,
    ),
  );
  return [...measured, ...counted].join('');
}

/**
 * A line of JSON for each group that had samples in an interval: as in `jsonLines`, with the interval behind the
 * measurement's name, and what is known of the group since the start in `since_start`; null for a group that is
 * not held any more.
 *
 * @param interval - the interval's figures
 * @param sinceStart - those of the whole capture so far
 */
export function intervalJsonLines(
  measurement: AnalysisMeasurement,
  interval: Interval,
  sinceStart: MeasurementResult,
): string {
  const statisticsOf = statisticsByLabels(sinceStart);
  return groupsOrTotal(measurement)
    .map((group) => {
      const known = statisticsOf(group.labels);
      return jsonLine(measurement, group, {
        before: { interval: { start: interval.start, end: interval.end } },
        behind: { since_start: known === undefined ? null : orderedFigures(known) },
      });
    })
    .join('');
}

function jsonLine(
  { name }: AnalysisMeasurement,
  group: AnalysisGroup,
  { before = {}, behind = {} }: { before?: object; behind?: object } = {},
): string {
  return `${JSON.stringify({ measurement: name, ...before, ...group, ...behind })}\n`;
}
