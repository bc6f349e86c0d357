import { statisticNames } from '../measure/statistics.ts';
import { groupsOrTotal, type AnalysisDocument } from './analysis-document.ts';

/**
 * Comma-separated values: a header, then a line for each group. Columns are `measurement`, one for each label, then
 * the statistics. A figure that does not exist is an empty field. Quotes as in RFC 4180, with plain newlines, as
 * line tools want them. Where only the total was asked for, it is the line.
 *
 * @param labelNames - the label columns; by default those of the groups, which are unknown where there are none
 */
export function analysisCsv(document: AnalysisDocument, labelNames = labelNamesOf(document)): string {
  const lines = document.measurements.flatMap((measurement) =>
    groupsOrTotal(measurement).map((group) => [
      measurement.name,
      ...labelNames.map((label) => (Object.hasOwn(group.labels, label) ? group.labels[label] : '')),
      ...statisticNames.map((statistic) => group[statistic]),
    ]),
  );
  return [['measurement', ...labelNames, ...statisticNames], ...lines]
    .map((fields) => `${fields.map((field) => csvField(String(field ?? ''))).join(',')}\n`)
    .join('');
}

function labelNamesOf({ measurements }: AnalysisDocument): string[] {
  return [
    ...new Set(measurements.flatMap(({ groups }) => groups.flatMap(({ labels }) => Object.keys(labels)))),
  ];
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
