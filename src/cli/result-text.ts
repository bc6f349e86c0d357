import type { Analysis } from '../analysis/analysis.ts';
import type { RegistryOptions } from '../metrics/analysis-registry.ts';
import { analysisDocument } from '../report/analysis-document.ts';
import { renderTables } from '../report/analysis-tables.ts';
import { analysisCsv } from '../report/csv.ts';
import { jsonText } from '../report/json.ts';
import { jsonLines } from '../report/jsonl.ts';
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
  const document = () => analysisDocument({ tsharkVersion: tshark.version, inputs, measurements, counters });
  switch (format) {
    case 'table':
      return renderTables(analysis, { ...terminal, top, inputs, tsharkVersion: tshark.version });
    case 'json':
      return jsonText(document());
    case 'jsonl':
      return jsonLines(document());
    case 'csv':
      return analysisCsv(document(), [...new Set(measurements.flatMap(({ labelNames }) => labelNames))]);
    case 'prometheus': {
      const { analysisText } = await import('../metrics/analysis-text.ts');
      return analysisText(analysis, metrics);
    }
  }
}
