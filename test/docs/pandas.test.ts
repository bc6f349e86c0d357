import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import * as rttshark from '../../src/index.ts';
import { section, tableRows } from './markdown.ts';
import { projectText } from './project-files.ts';

const document = projectText('docs/pandas.md');
const lines = tableRows(document.split('## Types')[0] ?? '');

/** The pieces of code of one cell. */
function codeIn(cell = ''): string[] {
  return Array.from(cell.matchAll(/`([^`]+)`/g), ([, code = '']) => code);
}

const schema = { t: 'time', k: 'text', x: 'float64', y: 'float64' } as const;
const rows = Array.from({ length: 8 }, (_, at) => ({
  t: 1_700_000_000_000_000_000n + BigInt(at) * 3_000_000_000n,
  k: at % 3 === 0 ? 'a' : 'b',
  x: at / 2,
  y: -at,
}));
const t = rttshark.fromRows(schema, rows);
const scope = {
  ...rttshark,
  console: { log: (table: rttshark.AnyTable) => table.toString() },
  schema,
  rows,
  t,
  a: t,
  b: t.filter(({ k }) => k === 'b'),
  csv: t.toCsv(),
  lines: t.toJsonLines(),
};

const program = `
import io, json, sys
import pandas as pd
rows = json.loads(sys.argv[1])
df = pd.DataFrame(rows); df['t'] = pd.to_datetime(df['t'])
scope = {'pd': pd, 'io': io, 'df': df, 'rows': rows, 'a': df, 'b': df[df['k'] == 'b'], 'csv': df.to_csv(),
         'lines': df.to_json(orient='records', lines=True), 'print': str}
print(json.dumps([eval(code, scope) is not None for code in json.loads(sys.argv[2])]))
`;

describe('docs/pandas.md', () => {
  it('has a table of many lines', () => {
    expect(lines.length).to.be.greaterThan(35);
  });

  for (const [theirs = '', ours] of lines) {
    const codes = codeIn(ours);
    it(`${codeIn(theirs)[0] ?? ''} is what works here: ${codes.join('; ')}`, () => {
      expect(codes).not.to.be.empty;
      for (const code of codes) {
        // The code of our own document, which is to be run as it stands.
        // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
        const value: unknown = new Function(...Object.keys(scope), `return (${code});`)(
          ...Object.values(scope),
        );
        expect(value, code).not.to.equal(undefined);
        if (value instanceof rttshark.Table) expect(value.rowCount, code).to.be.greaterThan(0);
      }
    });
  }

  it('says what pandas can run', async () => {
    const codes = lines.flatMap(([theirs]) => codeIn(theirs));
    const sent = JSON.stringify(rows.map((row) => ({ ...row, t: Number(row.t) })));
    const { stdout } = await promisify(execFile)('/usr/bin/python3', [
      ...['-W', 'ignore', '-c', program],
      ...[sent, JSON.stringify(codes)],
    ]);
    const ran = JSON.parse(stdout) as boolean[];
    expect(codes.filter((_, at) => ran[at] !== true)).to.deep.equal([]);
  });

  it('names a test for every difference', () => {
    const differences = (section(document, 'Differences that are meant') ?? '').split(/^- /m).slice(1);
    expect(differences.length).to.be.greaterThan(10);
    for (const difference of differences) {
      expect(difference).to.match(/\]\(\.\.\/test\/table\/[a-z-]+\.test\.ts\)/);
    }
  });
});
