import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { Counter, Registry } from 'prom-client';
import { writeTextfile } from '../../src/sinks/textfile.ts';
import { until } from '../support/deadline.ts';
import { freePort } from '../support/ports.ts';
import { nodeExporterProgram } from '../support/server-programs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { rejection } from './rejection.ts';

describe('writeTextfile', () => {
  const inFolder = temporaryFolder();
  let folder = '';
  beforeEach(function () {
    folder = inFolder(this.currentTest?.title.replaceAll(' ', '-') ?? '');
    mkdirSync(folder);
  });
  const place = (name: string) => path.join(folder, name);

  it('writes a whole file that everyone may read, whatever the umask', async () => {
    const umask = process.umask(0o077);
    try {
      await writeTextfile(place('a.prom'), 'up 1\n');
    } finally {
      process.umask(umask);
    }
    expect(readFileSync(place('a.prom'), 'utf8')).to.equal('up 1\n');
    expect(statSync(place('a.prom')).mode & 0o777).to.equal(0o644);
    await writeTextfile(place('a.prom'), Buffer.from('up 2\n'));
    expect(readFileSync(place('a.prom'), 'utf8')).to.equal('up 2\n');
    expect(readdirSync(folder)).to.deep.equal(['a.prom']);
  });

  it('is seen old or new, and never by another name that node_exporter reads', async () => {
    const texts = Array.from({ length: 8 }, (_, i) => `up ${i}\n`.repeat(20_000));
    await writeTextfile(place('b.prom'), texts[0]!);
    const seen = new Set<string>();
    const writing = { isDone: false };
    const reader = (async () => {
      while (!writing.isDone) {
        for (const name of readdirSync(folder).filter((each) => each.endsWith('.prom'))) {
          expect(name).to.equal('b.prom');
          seen.add(readFileSync(place(name), 'utf8'));
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    for (const text of texts) await writeTextfile(place('b.prom'), text);
    writing.isDone = true;
    await reader;
    expect([...seen].filter((text) => !texts.includes(text))).to.deep.equal([]);
  });

  it('replaces what a link leads to, and leaves the link', async () => {
    mkdirSync(place('real'));
    writeFileSync(place('real/c.prom'), 'old 1\n');
    symlinkSync('real/c.prom', place('c.prom'));
    await writeTextfile(place('c.prom'), 'new 1\n');
    expect(readFileSync(place('real/c.prom'), 'utf8')).to.equal('new 1\n');
    expect(readdirSync(place('real'))).to.deep.equal(['c.prom']);
  });

  it('takes a registry, and refuses one that is not of the text format', async () => {
    const registry = new Registry();
    new Counter({ name: 'seen_total', help: 'Seen.', registers: [registry] }).inc(3);
    await writeTextfile(place('d.prom'), registry);
    expect(readFileSync(place('d.prom'), 'utf8')).to.contain('seen_total 3');
    const other = { contentType: 'application/openmetrics-text', metrics: () => Promise.resolve('# EOF\n') };
    await rejection(writeTextfile(place('d.prom'), other), 'usage');
  });

  it('says so where it cannot write, and leaves nothing behind', async () => {
    for (const name of ['metrics.txt', '.prom', 'a.prom.tmp', 'a.PROM']) {
      const { message } = await rejection(writeTextfile(place(name), ''), 'usage');
      expect(message)
        .to.contain(`"${place(name)}"`)
        .and.contain('.prom');
    }
    await rejection(writeTextfile(place('missing/a.prom'), ''), 'usage');
    mkdirSync(place('folder.prom'));
    const error = await rejection(writeTextfile(place('folder.prom'), ''), 'usage');
    expect(error.message).to.contain('cannot be written');
    expect(readdirSync(folder)).to.deep.equal(['folder.prom']);
  });

  it('is what node_exporter gives', async () => {
    const port = await freePort();
    const args = [
      '--collector.disable-defaults',
      '--collector.textfile',
      `--collector.textfile.directory=${folder}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ];
    await writeTextfile(
      place('e.prom'),
      '# HELP seen_total Seen.\n# TYPE seen_total counter\nseen_total{of="a b"} 3\n',
    );
    const exporter = spawn(nodeExporterProgram, args, { stdio: 'ignore' });
    const ended = once(exporter, 'exit');
    const text = () =>
      fetch(`http://127.0.0.1:${port}/metrics`).then(
        (answer) => answer.text(),
        () => undefined,
      );
    try {
      const first = await until('node_exporter answered', text);
      expect(first).to.contain('\nseen_total{of="a b"} 3\n');
      expect(first).to.contain('\nnode_textfile_scrape_error 0\n');
      await writeTextfile(place('e.prom'), 'seen_total{of="a b"} 4\n');
      expect(await text()).to.contain('\nseen_total{of="a b"} 4\n');
    } finally {
      exporter.kill('SIGKILL');
      await ended;
    }
  });
});
