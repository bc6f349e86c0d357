import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect } from 'chai';
import { fixture, knownSamples } from './fixtures.ts';
import { readAll } from './reading.ts';

const query = { fields: ['frame.number'], filter: 'tcp.analysis.ack_rtt' };

describe('a capture whose file', () => {
  const home = process.cwd();
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'rttshark-names-'));
    process.chdir(folder);
  });

  after(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });

  async function expectAllSamples(input: string) {
    const { rowCount, error } = await readAll({ input, ...query });
    expect(error).to.equal(null);
    expect(rowCount).to.equal(knownSamples('ipv4'));
  }

  for (const name of [
    '-r',
    '--help',
    '-',
    ' ',
    'a b.pcap',
    `it's "quoted".pcap`,
    '$(id) `id` $HOME;|&.pcap',
    'line\nend.pcap',
    'tab\tescape\u001b[31m.pcap',
    'Zürich 東京 🦈.pcap',
    '*.pcap',
    'back\\slash.pcap',
    `${'x'.repeat(250)}.pca`,
  ]) {
    it(`is called ${JSON.stringify(name.length > 50 ? `${name.slice(0, 5)}…` : name)} is read`, async () => {
      copyFileSync(fixture('ipv4.pcap'), join(folder, name));
      await expectAllSamples(name === '-' ? './-' : name);
    });
  }

  it('is called like an option is joined, too', async () => {
    const join = ['-w', './-', 'Zürich "a"'];
    for (const name of join) copyFileSync(fixture('ipv4.pcap'), name);
    const { rowCount, error } = await readAll({
      input: { join },
      fields: ['frame.number'],
      filter: 'tcp.flags.syn',
    });
    const alone = await readAll({ input: fixture('ipv4.pcap'), fields: ['frame.number'] });
    expect([rowCount, error]).to.deep.equal([3 * alone.rowCount, null]);
  });

  it('is called awkwardly is named as it is when it is cut', async () => {
    const name = `a "b"\nc.pcap`;
    copyFileSync(fixture('cut-in-packet.pcap'), name);
    const { rowCount, error } = await readAll({ input: name, fields: ['frame.number'] });
    expect([rowCount, error?.code]).to.deep.equal([12, 'input_truncated']);
    expect(error?.message).to.include(name);
  });

  it('has a very long path is read', async () => {
    const deep = join(...Array.from({ length: 15 }, () => 'd'.repeat(240)));
    mkdirSync(join(folder, deep), { recursive: true });
    copyFileSync(fixture('ipv4.pcap'), join(folder, deep, 'a.pcap'));
    await expectAllSamples(join(folder, deep, 'a.pcap'));
  });

  it('is behind a link, or named from here, is read', async () => {
    symlinkSync(fixture('ipv4.pcap'), 'link');
    symlinkSync('link', 'link to link');
    await expectAllSamples('link to link');
    await expectAllSamples(relative(folder, fixture('ipv4.pcap')));
  });

  it('is a pipe is read', async () => {
    execFileSync('mkfifo', ['pipe']);
    const writer = spawn('/bin/sh', ['-c', 'cat "$1" > pipe', 'sh', fixture('ipv4.pcap')], {
      stdio: 'ignore',
    });
    const closed = new Promise((resolve) => writer.once('close', resolve));
    await expectAllSamples('pipe');
    await closed;
  });
});
