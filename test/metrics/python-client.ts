import { execFileSync } from 'node:child_process';

/** A sample as Python's parsers read it: name, labels, and the value as Python writes it. */
export type ParsedSample = readonly [name: string, labels: Readonly<Record<string, string>>, value: string];

export interface ParsedFamily {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly unit: string;
  readonly samples: readonly ParsedSample[];
}

/** Runs a program of Debian's Python, where the Prometheus client is, with JSON in and out. */
export function python(program: string, input: unknown): unknown {
  const whole = `import json, sys\nasked = json.load(sys.stdin)\n${program}\njson.dump(answer, sys.stdout)\n`;
  const output = execFileSync('/usr/bin/python3', ['-c', whole], {
    input: JSON.stringify(input),
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(output.toString('utf8'));
}

/** What the parsers of Python's client read in texts. */
export function parsed(format: 'text' | 'openMetrics', texts: readonly string[]): ParsedFamily[][] {
  const module = format === 'text' ? 'prometheus_client.parser' : 'prometheus_client.openmetrics.parser';
  return python(
    `
from ${module} import text_string_to_metric_families
answer = [[{'name': f.name, 'type': f.type, 'help': f.documentation, 'unit': f.unit,
            'samples': [[s.name, s.labels, repr(float(s.value))] for s in f.samples]}
           for f in text_string_to_metric_families(text)] for text in asked]`,
    texts,
  ) as ParsedFamily[][];
}

/** A number as Python writes it. */
export function pythonNumber(text: string): number {
  const named: Readonly<Record<string, number>> = { inf: Infinity, '-inf': -Infinity, nan: NaN };
  return named[text] ?? Number(text);
}
