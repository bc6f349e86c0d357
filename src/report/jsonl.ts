import type { CaptureResults } from '../measure/capture-collector.ts';
import {
  countedOrTotal,
  groupsOrTotal,
  orderedFigures,
  type AnalysisDocument,
  type AnalysisGroup,
  type AnalysisMeasurement,
  type Interval,
} from './analysis-document.ts';
import { countsByLabels, statisticsByLabels } from './labels-key.ts';

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
  const counted = counters.flatMap((counter) =>
    countedOrTotal(counter).map((group) => `${JSON.stringify({ counter: counter.name, ...group })}\n`),
  );
  return [...measured, ...counted].join('');
}

/**
 * A line of JSON for each group that had samples in an interval: as in `jsonLines`, with the interval behind the
 * measurement's name, and what is known of the group since the start in `since_start`; null for a group that is
 * not held any more. So for what was counted, with its count in `since_start`.
 *
 * @param document - of the interval
 * @param sinceStart - of the whole capture so far, with the same measurements and counters
 */
export function intervalJsonLines(
  { measurements, counters = [] }: AnalysisDocument,
  interval: Interval,
  sinceStart: CaptureResults,
): string {
  const before = { interval: { start: interval.start, end: interval.end } };
  const measured = measurements.flatMap((measurement, i) => {
    const result = sinceStart.measurements[i];
    const statisticsOf = result === undefined ? undefined : statisticsByLabels(result);
    return groupsOrTotal(measurement).map((group) => {
      const known = statisticsOf?.(group.labels);
      const behind = { since_start: known === undefined ? null : orderedFigures(known) };
      return jsonLine(measurement, group, { before, behind });
    });
  });
  const counted = counters.flatMap((counter, i) => {
    const result = sinceStart.counters[i];
    const countOf = result === undefined ? undefined : countsByLabels(result);
    return countedOrTotal(counter).map((group) => {
      const behind = { since_start: countOf?.(group.labels) ?? null };
      return `${JSON.stringify({ counter: counter.name, ...before, ...group, ...behind })}\n`;
    });
  });
  return [...measured, ...counted].join('');
}

function jsonLine(
  { name }: AnalysisMeasurement,
  group: AnalysisGroup,
  { before = {}, behind = {} }: { before?: object; behind?: object } = {},
): string {
  return `${JSON.stringify({ measurement: name, ...before, ...group, ...behind })}\n`;
}
