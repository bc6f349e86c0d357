import { existsSync, openSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { fromParquet } from '../../src/parquet/from-parquet.ts';
import { fixture, rttshark, runCommand } from '../support/run-command.ts';
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
    ['several tsharks', ['--extract', ...fields, '--shards', '2'], '--shards 2 has no effect on rows'],
    ['to push rows', [...fields, '--push', 'http://127.0.0.1:9'], '--push has no effect on rows'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { status, stdout, stderr } = await live(...words);
      expect([status, stdout]).to.deep.equal([2, '']);
      expect(stderr).to.contain(message);
    });
  }

  it('takes --shards 1 and --shards auto', async () => {
    const [plain, ...same] = await Promise.all([
      live('--extract', ...fields),
      live('--extract', ...fields, '--shards', '1'),
      live('--extract', ...fields, '--shards', 'auto'),
    ]);
    for (const { status, stdout, stderr } of same)
      expect([status, stdout], stderr).to.deep.equal([0, plain.stdout]);
  });

  it('prints with --dry-run what would run, runs nothing, and bash runs it', async () => {
    const output = file('never.csv');
    const words = ['-e', 'ip.src', '-Y', 'tcp.len > 0', '--dry-run', '--output', output];
    const [dry, ofPipe, real] = await Promise.all([
      rttshark(['live', '-i', 'lo', '-f', 'tcp port 9', ...words]),
      live(...words),
      live('-e', 'ip.src', '-Y', 'tcp.len > 0'),
    ]);
    expect([dry.status, dry.stderr, ofPipe.status, ofPipe.stderr]).to.deep.equal([0, '', 0, '']);
    expect(existsSync(output)).to.equal(false);
    const [capturing, reading] = dry.stdout.split(' | ');
    expect(capturing).to.match(/\bdumpcap .*-i lo .*'tcp port 9'/);
    expect(reading).to.equal(ofPipe.stdout).and.contain('ip.src');
    const ran = await runCommand('bash', ['-c', ofPipe.stdout], { stdin: openSync(capture, 'r') });
    expect(ran.status, ran.stderr).to.equal(0);
    const addresses = ran.stdout.trimEnd().replaceAll(/\t.*/g, '');
    expect(`ip.src\n${addresses}\n`).to.equal(real.stdout.replaceAll('"', ''));
  });
});
