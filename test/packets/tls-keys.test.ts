import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { capture, extract, type DecryptionKeys } from '../../src/index.ts';
import { rejection } from '../sinks/rejection.ts';
import { projectFolder, rttshark } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { plainRows } from './plain-rows.ts';

const folder = path.join(projectFolder, 'fixtures/tls');
const input = path.join(folder, 'tls.pcap');
const tlsKeyLogFile = path.join(folder, 'tls.keys');
const preference = `tls.keylog_file:${tlsKeyLogFile}`;
const fields = ['frame.number', 'http.request.uri', 'http.response.code'] as const;

/** The secrets of a key log, the last word of each line. */
function secretsOf(file: string): readonly string[] {
  const secrets = readFileSync(file, 'utf8').match(/[0-9a-f]+$/gm) ?? [];
  expect(secrets).to.have.length.above(4);
  return secrets;
}

function expectNoSecret(text: string): void {
  for (const secret of secretsOf(tlsKeyLogFile)) expect(text).to.not.contain(secret);
}

/** Rows as plain tshark prints them. */
async function rows(keys?: DecryptionKeys): Promise<string[][]> {
  const table = await capture({ input, fields, keys }).toTable();
  return table.toObjects().map((row) => Object.values(row).map((value) => String(value ?? '')));
}

describe('TLS keys', () => {
  const file = temporaryFolder();

  it('decrypt what plain tshark decrypts with them, and nothing is decrypted without', async () => {
    const [opened, shut, plain, plainShut] = await Promise.all([
      rows({ tlsKeyLogFile }),
      rows(),
      plainRows(['-r', input, '-o', preference], fields),
      plainRows(['-r', input], fields),
    ]);
    expect(opened).to.deep.equal(plain);
    expect(opened.flatMap((row) => row.slice(1)).filter((value) => value !== '')).to.deep.equal([
      ...['/known.txt', '200'],
      ...['/unknown.txt', '404'],
    ]);
    expect(shut).to.deep.equal(plainShut);
    expect(shut.every(([, uri, code]) => uri === '' && code === '')).to.equal(true);
  });

  it('decrypt as a secret preference, and as a path from the current folder', async () => {
    const [named, relative, plain] = await Promise.all([
      rows({ preferences: [preference] }),
      rows({ tlsKeyLogFile: path.relative(process.cwd(), tlsKeyLogFile) }),
      plainRows(['-r', input, '-o', preference], fields),
    ]);
    expect(named).to.deep.equal(plain);
    expect(relative).to.deep.equal(plain);
  });

  it('select packets by what they decrypt', async () => {
    const filter = 'http.response.code == 404';
    const table = await capture({ input, fields, filter, keys: { tlsKeyLogFile } }).toTable();
    expect(table.toObjects().map((row) => row['http.response.code'])).to.deep.equal([404]);
    expect((await capture({ input, fields, filter }).toTable()).rowCount).to.equal(0);
  });

  it('decrypt as a preference of the command and of extract, and --dry-run names the file only', async () => {
    const words = ['extract', input, ...fields.flatMap((field) => ['-e', field]), '--preference', preference];
    const [printed, dry, plain] = await Promise.all([
      rttshark([...words, '--format', 'csv']),
      rttshark([...words, '--dry-run']),
      plainRows(['-r', input, '-o', preference], fields),
    ]);
    expect([printed.status, printed.stderr]).to.deep.equal([0, '']);
    expect(printed.stdout.trimEnd().split('\n').slice(1)).to.deep.equal(plain.map((row) => row.join(',')));
    expect([dry.status, dry.stderr]).to.deep.equal([0, '']);
    expect(dry.stdout).to.contain(tlsKeyLogFile);
    expectNoSecret(dry.stdout);
    const pieces = extract({ inputs: [input], fields, preferences: [preference], format: 'csv' });
    const bytes = [];
    for await (const piece of pieces) bytes.push(piece);
    expect(Buffer.concat(bytes).toString()).to.equal(printed.stdout);
  });

  it('show nothing of themselves in an error', async () => {
    const cut = file('cut.pcap');
    writeFileSync(cut, readFileSync(input).subarray(0, -10));
    const keys = { tlsKeyLogFile };
    // The lines of the file itself where its path should stand.
    const wrong = { tlsKeyLogFile: readFileSync(tlsKeyLogFile, 'utf8') };
    const errors = await Promise.all([
      rejection(capture({ input: cut, fields, keys }).toTable(), 'input_truncated'),
      rejection(capture({ input, fields, keys, filter: 'tcp.nothing == 1' }).toTable(), 'filter_invalid'),
      rejection(capture({ input, fields, keys: wrong }).toTable(), 'usage'),
    ]);
    for (const { message, detail, hint, stderrTail, stack } of errors)
      expectNoSecret([message, detail, hint, ...stderrTail, stack].join('\n'));
  });
});
