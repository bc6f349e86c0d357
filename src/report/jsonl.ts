import { groupsOrTotal, type AnalysisDocument } from './analysis-document.ts';

/**
 * A line of JSON for each group: the measurement's name, the labels, the statistics. Totals are left out,
 * because whoever adds up the lines would count every sample twice; where only the total was asked for, it is the line.
 *
 * @returns the empty text where there are no groups, otherwise lines that each end in a newline
 */
export function jsonLines({ measurements }: AnalysisDocument): string {
  return measurements
    .flatMap((measurement) =>
      groupsOrTotal(measurement).map(
        (group) => `${JSON.stringify({ measurement: measurement.name, ...group })}\n`,
      ),
    )
    .join('');
}
