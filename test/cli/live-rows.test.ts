import { openSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { fromParquet } from '../../src/parquet/from-parquet.ts';
import { fixture, rttshark } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const fields = [
  '-e',
  'frame.number',
  '-e',
  'at=frame.time_epoch',
  '-e',
  'ip.src',
  '-e',
  'tcp.analysis.ack_rtt',
];

describe('command: live --extract', () => {
  const file = temporaryFolder();
  const capture = fixture('demo.pcap');
  const live = (...words: string[]) =>
    rttshark(['live', '-i', '-', ...words], { stdin: openSync(capture, 'r') });

  it('gives the rows that extract gives of the same packets, to standard output and as a file', async () => {
    const output = file('rows.parquet');
    const [rows, whole, lines] = await Promise.all([
      live('--extract', ...fields),
      rttshark(['extract', capture, ...fields]),
      rttshark(['extract', capture, ...fields, '--format', 'jsonl']),
    ]);
    const written = await live(...fields, '--output', output);
    expect([rows.status, written.status], rows.stderr).to.deep.equal([0, 0]);
    expect(rows.stdout).to.equal(whole.stdout);
    expect(rows.stderr).to.contain(`rows=${whole.stdout.split('\n').length - 2}`);
    expect((await fromParquet(readFileSync(output))).toJsonLines()).to.equal(lines.stdout);
  });

  for (const [what, words, message] of [
    ['no field', ['--extract'], 'No field was named.'],
    ['a form for reports', [...fields, '--format', 'table'], 'have no form "table"'],
    ['a form for rows, of reports', ['--format', 'parquet'], '--format parquet is for rows'],
    ['a file for rows, of reports', ['--output', 'a.csv'], '--output is for rows'],
    ['to push rows', [...fields, '--push', 'http://127.0.0.1:9'], '--push has no effect on rows'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { status, stdout, stderr } = await live(...words);
      expect([status, stdout]).to.deep.equal([2, '']);
      expect(stderr).to.contain(message);
    });
  }
});
