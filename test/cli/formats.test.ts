import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { statisticNames } from '../../src/measure/statistics.ts';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import { isClose } from '../support/expect-groups.ts';
import { plainFigures, plainTshark } from '../support/plain-tshark.ts';
import { fixture, rttshark, runCommand } from '../support/run-command.ts';
import { promtoolProgram } from '../support/server-programs.ts';
import { sideBySide } from '../support/side-by-side.ts';

const capture = fixture('demo.pcap');
const formats = ['table', 'json', 'jsonl', 'csv', 'prometheus'] as const;
const figures = [
  ...['count', 'sum', 'mean', 'stddev', 'min', 'max', 'p50', 'p90', 'p95', 'p99'],
  ...['first_seen', 'last_seen'],
];

/** The keys of an object and of everything in it, in order. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shape(value[0])];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.entries(value).map(([key, inner]) => [key, shape(inner)]);
}

const numbers = figures.map((name) => [name, 'number']);

describe('command: formats', () => {
  let outputs: Readonly<Record<(typeof formats)[number], string>>;
  let document: AnalysisDocument;
  before(async () => {
    const results = await sideBySide(
      formats,
      (format) => rttshark(['analyze', capture, '--format', format]),
      2,
    );
    for (const { status, stderr } of results) expect([status, stderr]).to.deep.equal([0, '']);
    outputs = Object.fromEntries(
      formats.map((format, at) => [format, results[at]!.stdout]),
    ) as typeof outputs;
    document = JSON.parse(outputs.json) as AnalysisDocument;
  });

  it('json has the shape of the contract, its keys in order', () => {
    expect(shape(document)).to.deep.equal([
      ['schema', 'string'],
      ['tshark', [['version', 'string']]],
      [
        'inputs',
        [
          [
            ['path', 'string'],
            ['samples', 'number'],
            ['truncated', 'boolean'],
          ],
        ],
      ],
      [
        'measurements',
        [
          [
            ['name', 'string'],
            ['field', 'string'],
            ['unit', 'string'],
            ['quantile_method', 'string'],
            [
              'groups',
              [
                [
                  [
                    'labels',
                    [
                      ['src', 'string'],
                      ['dst', 'string'],
                    ],
                  ],
                  ...numbers,
                ],
              ],
            ],
            ['total', numbers],
          ],
        ],
      ],
    ]);
    expect(document).to.deep.include({
      schema: 'rttshark.analysis/1',
      tshark: { version: '4.0.17' },
      inputs: [{ path: capture, samples: 1137, truncated: false }],
    });
    expect(document.measurements[0]).to.deep.include({
      name: 'tcp_ack_rtt',
      field: 'tcp.analysis.ack_rtt',
      unit: 'seconds',
      quantile_method: 'exact',
    });
    expect(outputs.json.endsWith('\n')).to.equal(true);
  });

  it('json has null for what does not exist', async () => {
    const { stdout } = await rttshark(['analyze', '-c', '3', fixture('ipv4.pcap'), '--format', 'json']);
    const { measurements } = JSON.parse(stdout) as AnalysisDocument;
    expect(measurements[0]?.groups.map(({ count, stddev }) => [count, stddev])).to.deep.equal([
      [1, null],
      [1, null],
    ]);
    expect(stdout).not.to.match(/NaN|Infinity/);
  });

  it('jsonl has a line for each group', () => {
    const lines = outputs.jsonl.split('\n');
    expect(lines.pop()).to.equal('');
    expect(lines.map((line) => JSON.parse(line) as unknown)).to.deep.equal(
      document.measurements[0]?.groups.map((group) => ({ measurement: 'tcp_ack_rtt', ...group })),
    );
  });

  it('csv says the same, read by csv-parse', () => {
    const records: Record<string, string>[] = parse(outputs.csv, { columns: true });
    const groups = document.measurements[0]?.groups ?? [];
    expect(records).to.deep.equal(
      groups.map((group) => ({
        measurement: 'tcp_ack_rtt',
        ...group.labels,
        ...Object.fromEntries(statisticNames.map((name) => [name, String(group[name] ?? '')])),
      })),
    );
    expect(Object.keys(records[0]!)).to.deep.equal(['measurement', 'src', 'dst', ...figures]);
  });

  it('prometheus is what promtool finds nothing wrong with', async () => {
    const { status, stdout, stderr } = await runCommand(promtoolProgram, ['check', 'metrics'], {
      stdin: outputs.prometheus,
    });
    expect(`${stdout}${stderr}`).to.equal('');
    expect(status).to.equal(0);
  });

  it('prometheus counts what tshark printed', async () => {
    const samples = await plainTshark(capture);
    for (const [key, { count, sum }] of plainFigures(samples)) {
      const [src = '', dst = ''] = key.split(' ');
      const labels = `src="${src}",dst="${dst}"`;
      const values = samples.filter((sample) => sample.src === src && sample.dst === dst);
      expect(valueOf(outputs.prometheus, `_count{${labels}}`)).to.equal(count);
      expect(isClose(valueOf(outputs.prometheus, `_sum{${labels}}`), sum)).to.equal(true);
      for (const bound of [0.00005, 0.001, 0.1, 10]) {
        const below = values.filter(({ value }) => Number(value) <= bound).length;
        const series = Object.entries({ src, dst }).map(([name, value]) => `${name}="${value}"`);
        const found = outputs.prometheus
          .split('\n')
          .find(
            (line) =>
              line.includes('_bucket') && [...series, `le="${bound}"`].every((part) => line.includes(part)),
          );
        expect(found?.split(' ').at(-1), `${key} ${bound}`).to.equal(String(below));
      }
    }
    expect(valueOf(outputs.prometheus, 'rttshark_samples_total{measurement="tcp_ack_rtt"}')).to.equal(
      samples.length,
    );
  });

  it('are the same bytes for the same input', async () => {
    const again = await sideBySide(
      formats,
      (format) => rttshark(['analyze', capture, '--format', format]),
      2,
    );
    expect(again.map(({ stdout }) => stdout)).to.deep.equal(formats.map((format) => outputs[format]));
  });

  it('table has a title, largest groups first, and the total', () => {
    const lines = outputs.table.split('\n');
    expect(lines[0]).to.contain('tcp_ack_rtt').and.contain(capture).and.contain('tshark 4.0.17');
    expect(lines[2]).to.match(/^src +dst +count +mean +stddev +min +p50 +p90 +p95 +p99 +max/);
    expect(lines[3]).to.match(/^10\.20\.0\.6 +10\.20\.0\.12 +99 +95\.6 µs/);
    expect(outputs.table)
      .to.match(/^total +1,137 +46\.9 ms/m)
      .and.contain('7.28 s');
  });

  it('table shows the top groups and says how many more there are', async () => {
    const { stdout } = await rttshark(['analyze', capture, '--top', '3']);
    expect(stdout.match(/^[\d:a-f.]+ /gm)).to.have.length(3);
    expect(stdout)
      .to.contain('13 more groups')
      .and.match(/^total +1,137/m);
  });

  it('table is plain ASCII where the locale is', async () => {
    const { stdout } = await rttshark(['analyze', capture], { env: { LANG: 'C' } });
    expect(stdout)
      .to.contain('us')
      .and.match(/^[\n -~]*$/);
  });

  it('are called and cut as told', async () => {
    const { stdout } = await rttshark([
      ...[
        'analyze',
        capture,
        '--format',
        'prometheus',
        '--metric-name',
        'rtt',
        '--metric-help',
        'Round trips "x"',
      ],
      ...[
        '--label-names',
        'src=Source_IP,dst=Destination_IP',
        '--buckets',
        '100us,1ms,+Inf',
        '--no-own-metrics',
      ],
    ]);
    expect(stdout.split('\n').slice(0, 4)).to.deep.equal([
      '# HELP rtt Round trips "x"',
      '# TYPE rtt histogram',
      ...stdout.split('\n').slice(2, 4),
    ]);
    expect(stdout).to.contain('Source_IP="10.20.0.6"').and.contain('Destination_IP="10.20.0.12"');
    const bounds = [...stdout.matchAll(/le="([^"]+)"/g)].map(([, bound]) => bound);
    expect([...new Set(bounds)]).to.deep.equal(['0.0001', '0.001', '+Inf']);
    expect(stdout).not.to.contain('rttshark_');
  });
});

function valueOf(text: string, series: string): number | undefined {
  const line = text.split('\n').find((each) => each.includes(series));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
}
