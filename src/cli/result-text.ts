import type { Analysis } from '../analysis/analysis.ts';
import { tcpAckRtt } from '../measure/measurement.ts';
import type { RegistryOptions } from '../metrics/analysis-registry.ts';
import { analysisDocument } from '../report/analysis-document.ts';
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

/** An analysis in one of the forms. */
export async function resultText(
  { tshark, inputs, measurements }: Analysis,
  format: ResultFormat,
  { top, metrics, terminal }: Presentation,
): Promise<string> {
  const [measured] = measurements;
  const tsharkVersion = tshark.version;
  const document = analysisDocument({ tsharkVersion, inputs, measurements });
  switch (format) {
    case 'table':
      return renderAnalysis(measured, {
        ...terminal,
        top,
        inputs,
        tsharkVersion,
        description: tcpAckRtt.title,
      });
    case 'json':
      return jsonText(document);
    case 'jsonl':
      return jsonLines(document);
    case 'csv':
      return analysisCsv(document, [...measured.labelNames]);
    case 'prometheus': {
      const { analysisText } = await import('../metrics/analysis-text.ts');
      return [...analysisText(measured, metrics)].join('');
    }
  }
}
