import { RttsharkError } from '../errors.ts';
import { statisticNames, type Statistics } from '../measure/statistics.ts';
import {
  analysisSchema,
  type AnalysisDocument,
  type AnalysisGroup,
  type AnalysisInput,
  type AnalysisMeasurement,
} from './analysis-document.ts';
import { CheckedJson } from './checked-json.ts';

/**
 * Reads what `--format json` or `check --update` wrote. Keys that are not of the contract are passed over.
 *
 * @param nameForMessages - what messages call the text, with the file's name in quotes: `The baseline "a.json"`
 * @throws RttsharkError `usage` where the text is no such document; the message says where it goes wrong
 */
export function parseAnalysisDocument(text: string, nameForMessages: string): AnalysisDocument {
  const root = CheckedJson.parse(text, nameForMessages);
  refuseOtherSchema(root.get('schema'), nameForMessages);
  return {
    schema: analysisSchema,
    tshark: { version: root.get('tshark').get('version').text() },
    inputs: root.get('inputs').items().map(readInput),
    measurements: root.get('measurements').items().map(readMeasurement),
  };
}

function refuseOtherSchema(schema: CheckedJson, nameForMessages: string): void {
  const found = schema.text();
  if (found === analysisSchema) return;
  throw new RttsharkError('usage', `${nameForMessages} has the schema "${found}", not "${analysisSchema}".`, {
    hint: 'Write it anew with this version: rttshark analyze --format json, or rttshark check --update.',
  });
}

function readInput(input: CheckedJson): AnalysisInput {
  const samples = input.get('samples');
  return {
    path: input.get('path').text(),
    samples: samples.value === null ? null : samples.count(),
    truncated: input.get('truncated').boolean(),
  };
}

function readMeasurement(measurement: CheckedJson): AnalysisMeasurement {
  const groups = measurement.get('groups').items();
  refuseRepeatedLabels(groups);
  return {
    name: measurement.get('name').text(),
    field: measurement.get('field').text(),
    unit: measurement.get('unit').literal('seconds'),
    ...readQuantileMethod(measurement),
    groups: groups.map(readGroup),
    total: readFigures(measurement.get('total')),
  };
}

function readQuantileMethod(
  measurement: CheckedJson,
): Pick<AnalysisMeasurement, 'quantile_method' | 'quantile_relative_error'> {
  const method = measurement.get('quantile_method');
  const quantile_method = method.value === 'sketch' ? 'sketch' : method.literal('exact');
  if (quantile_method === 'exact') return { quantile_method };
  return { quantile_method, quantile_relative_error: measurement.get('quantile_relative_error').number() };
}

function readGroup(group: CheckedJson): AnalysisGroup {
  return { labels: readLabels(group), ...readFigures(group) };
}

function readLabels(group: CheckedJson): Record<string, string> {
  const labels = group.get('labels').entries();
  return Object.fromEntries(labels.map(([name, value]) => [name, value.text()]));
}

function readFigures(figures: CheckedJson): Statistics {
  const read = statisticNames.map((name) => {
    const figure = figures.get(name);
    if (name === 'count') return [name, figure.count()];
    return [name, name === 'sum' ? figure.number() : figure.numberOrNull()];
  });
  return Object.fromEntries(read) as Statistics;
}

function refuseRepeatedLabels(groups: readonly CheckedJson[]): void {
  const seen = new Set<string>();
  for (const group of groups) {
    const key = JSON.stringify(Object.entries(readLabels(group)).sort(([a], [b]) => (a < b ? -1 : 1)));
    if (seen.has(key)) group.get('labels').refuse('different from those of the groups before it');
    seen.add(key);
  }
}
