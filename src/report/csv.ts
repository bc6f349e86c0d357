import { statisticNames } from '../measure/statistics.ts';
import {
  countedOrTotal,
  groupsOrTotal,
  type AnalysisDocument,
  type AnalysisGroup,
} from './analysis-document.ts';

/**
 * Comma-separated values: a header, then a line for each group. Columns are `measurement`, one for each label, then
 * the statistics. A figure that does not exist is an empty field. Quotes as in RFC 4180, with plain newlines, as
 * line tools want them. Where only the total was asked for, it is the line. What was counted stands behind what was
 * measured: its name in the place of a measurement's, and of the statistics the count alone.
 *
 * @param labelNames - the label columns; by default those of the groups, which are unknown where there are none
 */
export function analysisCsv(document: AnalysisDocument, labelNames = labelNamesOf(document)): string {
  return (
    csvLine(['measurement', ...labelNames, ...statisticNames]) +
    groupLines(document, labelNames, []) +
    counterLines(document, labelNames, [])
  );
}

/** The header of what `liveCsvLines` writes. */
export function liveCsvHeader(labelNames: readonly string[]): string {
  return csvLine(['measurement', ...labelNames, 'interval_start', 'interval_end', ...statisticNames]);
}

/**
 * The lines of one report of a live capture: as those of `analysisCsv`, with the ends of the interval before the
 * statistics. They are empty where the document is of the whole capture.
 */
export function liveCsvLines(document: AnalysisDocument, labelNames: readonly string[]): string {
  const { start, end } = document.interval ?? { start: null, end: null };
  return groupLines(document, labelNames, [start, end]) + counterLines(document, labelNames, [start, end]);
}

type Field = string | number | null | undefined;

function groupLines(
  { measurements }: AnalysisDocument,
  labelNames: readonly string[],
  beforeStatistics: readonly Field[],
): string {
  return measurements
    .flatMap((measurement) =>
      groupsOrTotal(measurement).map((group) =>
        csvLine([
          measurement.name,
          ...labelNames.map((label) => labelOf(group, label)),
          ...beforeStatistics,
          ...statisticNames.map((statistic) => group[statistic]),
        ]),
      ),
    )
    .join('');
}

function counterLines(
  { counters = [] }: AnalysisDocument,
  labelNames: readonly string[],
  beforeStatistics: readonly Field[],
): string {
  return counters
    .flatMap((counter) =>
      countedOrTotal(counter).map((group) =>
        csvLine([
          counter.name,
          ...labelNames.map((label) => labelOf(group, label)),
          ...beforeStatistics,
          ...statisticNames.map((statistic) => (statistic === 'count' ? group.count : null)),
        ]),
      ),
    )
    .join('');
}

function labelOf({ labels }: Pick<AnalysisGroup, 'labels'>, name: string): string | undefined {
  return Object.hasOwn(labels, name) ? labels[name] : undefined;
}

function labelNamesOf({ measurements }: AnalysisDocument): string[] {
  return [
    ...new Set(measurements.flatMap(({ groups }) => groups.flatMap(({ labels }) => Object.keys(labels)))),
  ];
}

function csvLine(fields: readonly Field[]): string {
  return `${fields.map((field) => csvField(String(field ?? ''))).join(',')}\n`;
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
