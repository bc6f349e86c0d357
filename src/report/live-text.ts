import type { CaptureResults } from '../measure/capture-collector.ts';
import { analysisDocument, type AnalysisParts, type Interval } from './analysis-document.ts';
import { liveCsvLines } from './csv.ts';
import { jsonLineText } from './json.ts';
import { intervalJsonLines, jsonLines } from './jsonl.ts';

/** The forms of a live capture's reports that are made of lines for other programs. */
export type LiveTextFormat = 'json' | 'jsonl' | 'csv';

/** What is reported when an interval is over. */
export interface IntervalReport {
  readonly interval: Interval;
  /** The interval's figures. */
  readonly measured: CaptureResults;
  /** Those of the whole capture so far. */
  readonly sinceStart: CaptureResults;
}

type About = Pick<AnalysisParts, 'tsharkVersion' | 'inputs'>;

/**
 * One interval as text: the document on one line, or a line for each group that had samples.
 *
 * @returns the empty text where there is nothing to be told
 */
export function intervalText(
  { interval, measured, sinceStart }: IntervalReport,
  format: LiveTextFormat,
  about: About,
): string {
  const document = analysisDocument({ ...about, ...measured, interval });
  switch (format) {
    case 'json':
      return jsonLineText(document);
    case 'jsonl':
      return intervalJsonLines(document, interval, sinceStart);
    case 'csv':
      return liveCsvLines(document, labelNamesOf(measured));
  }
}

/** The whole capture as text, at its end: the same without an interval. */
export function wholeText(results: CaptureResults, format: LiveTextFormat, about: About): string {
  const document = analysisDocument({ ...about, ...results });
  switch (format) {
    case 'json':
      return jsonLineText(document);
    case 'jsonl':
      return jsonLines(document);
    case 'csv':
      return liveCsvLines(document, labelNamesOf(results));
  }
}

/** The labels of all measurements, each once. */
export function labelNamesOf({ measurements }: CaptureResults): string[] {
  return [...new Set(measurements.flatMap(({ labelNames }) => labelNames))];
}
