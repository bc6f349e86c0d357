import type { Analysis } from '../analysis/analysis.ts';
import type { RegistryOptions } from '../metrics/analysis-registry.ts';
import { analysisDocument } from '../report/analysis-document.ts';
import { renderCounters } from '../report/counter-table.ts';
import { analysisCsv } from '../report/csv.ts';
import { jsonText } from '../report/json.ts';
import { jsonLines } from '../report/jsonl.ts';
import { renderAnalysis } from '../report/terminal-table.ts';
import type { ResultFormat } from './result-formats.ts';
import type { Terminal } from './terminal.ts';

export interface Presentation {
  /** How many groups the table shows; undefined: all. */
  readonly top: number | undefined;
  readonly metrics: RegistryOptions;
  readonly terminal: Terminal;
}

/** An analysis in one of the forms; in chunks where it can be larger than one string should be. */
export async function resultText(
  analysis: Analysis,
  format: ResultFormat,
  { top, metrics, terminal }: Presentation,
): Promise<string | Iterable<string>> {
  const { tshark, measurements, counters, inputs } = analysis;
  const document = analysisDocument({ tsharkVersion: tshark.version, inputs, measurements, counters });
  switch (format) {
    case 'table':
      return tables(analysis, terminal, top);
    case 'json':
      return jsonText(document);
    case 'jsonl':
      return jsonLines(document);
    case 'csv':
      return analysisCsv(document, [...new Set(measurements.flatMap(({ labelNames }) => labelNames))]);
    case 'prometheus': {
      const { analysisText } = await import('../metrics/analysis-text.ts');
      return analysisText(analysis, metrics);
    }
  }
}

/** A table for each measurement, and one of what was counted. */
function tables(
  { tshark, measurements, counters, inputs }: Analysis,
  terminal: Terminal,
  top: number | undefined,
): string {
  const about = { ...terminal, top, inputs, tsharkVersion: tshark.version };
  const measured = measurements.map((result) =>
    renderAnalysis(result, { ...about, description: result.title ?? result.field }),
  );
  return [...measured, ...(counters.length === 0 ? [] : [renderCounters(counters, about)])].join('\n');
}
