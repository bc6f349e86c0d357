import type { MeasurementResult } from '../measure/statistics.ts';
import {
  analysisDocument,
  documentMeasurement,
  type AnalysisParts,
  type Interval,
} from './analysis-document.ts';
import { liveCsvLines } from './csv.ts';
import { jsonLineText } from './json.ts';
import { intervalJsonLines, jsonLines } from './jsonl.ts';

/** The forms of a live capture's reports that are made of lines for other programs. */
export type LiveTextFormat = 'json' | 'jsonl' | 'csv';

/** What is reported when an interval is over. */
export interface IntervalReport {
  readonly interval: Interval;
  /** The interval's figures. */
  readonly measured: MeasurementResult;
  /** Those of the whole capture so far. */
  readonly sinceStart: MeasurementResult;
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
  switch (format) {
    case 'json':
      return jsonLineText(analysisDocument({ ...about, interval, measurements: [measured] }));
    case 'jsonl':
      return intervalJsonLines(documentMeasurement(measured), interval, sinceStart);
    case 'csv':
      return liveCsvLines(
        analysisDocument({ ...about, interval, measurements: [measured] }),
        measured.labelNames,
      );
  }
}

/** The whole capture as text, at its end: the same without an interval. */
export function wholeText(result: MeasurementResult, format: LiveTextFormat, about: About): string {
  const document = analysisDocument({ ...about, measurements: [result] });
  switch (format) {
    case 'json':
      return jsonLineText(document);
    case 'jsonl':
      return jsonLines(document);
    case 'csv':
      return liveCsvLines(document, result.labelNames);
  }
}
