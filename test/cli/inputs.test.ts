import { copyFileSync, chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import { fixture, program, rttshark, runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function documentOf(stdout: string): AnalysisDocument {
  return JSON.parse(stdout) as AnalysisDocument;
}

describe('command: inputs', () => {
  const file = temporaryFolder();
  const json = ['analyze', '--format', 'json'];

  for (const [what, path, words] of [
    ['a missing file', '/nowhere/a.pcap', 'does not exist'],
    ['a folder', fixture('.'), 'is a folder'],
    ['an empty file', fixture('empty.pcap'), 'is empty'],
    ['a text', fixture('plain-text.pcap'), 'is not a capture'],
  ] as const) {
    it(`ends with 22 for ${what}`, async () => {
      const { status, stdout, stderr } = await rttshark([...json, path]);
      expect(status, stderr).to.equal(22);
      expect(stdout).to.equal('');
      expect(stderr).to.contain(`"${path}"`).and.contain(words);
    });
  }

  it('ends with 22 for a file that may not be read', async () => {
    const secret = file('secret.pcap');
    copyFileSync(fixture('ipv4.pcap'), secret);
    chmodSync(secret, 0o000);
    // Root may read everything, but for this.
    const asOthers =
      process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : ['env'];
    const [command, ...words] = [...asOthers, process.execPath, program, ...json, secret];
    const { status, stdout, stderr } = await runCommand(command, words);
    expect(status, stderr).to.equal(22);
    expect(stdout).to.equal('');
    expect(stderr).to.contain(`"${secret}" may not be read`);
  });

  for (const [name, samples] of [
    ['cut-in-packet.pcap', 6],
    ['cut-in-packet.pcap.gz', 6],
    ['bad-record-length.pcap', 6],
    ['cut-in-file-header.pcap', 0],
  ] as const) {
    it(`ends with 26 for ${name}, with the results up to there`, async () => {
      const { status, stdout, stderr } = await rttshark([...json, fixture(name)]);
      expect(status, stderr).to.equal(26);
      const { inputs, measurements } = documentOf(stdout);
      expect(inputs).to.deep.equal([{ path: fixture(name), samples, truncated: true }]);
      expect(measurements[0]?.total.count).to.equal(samples);
      expect(stderr)
        .to.contain(`"${fixture(name)}" is cut short or damaged`)
        .and.contain(`${samples} rows`);
    });
  }

  it('tells of every input that was not read, and still gives the results of the others', async () => {
    const [good, cut, missing] = [fixture('ipv4.pcap'), fixture('cut-in-packet.pcap'), '/nowhere/a.pcap'];
    const { status, stdout, stderr } = await rttshark([...json, good, missing, cut]);
    expect(status, stderr).to.equal(22);
    expect(stderr).to.contain('"/nowhere/a.pcap" does not exist').and.contain(`"${cut}" is cut short`);
    const { inputs, measurements } = documentOf(stdout);
    expect(inputs).to.deep.equal([
      { path: good, samples: 10, truncated: false },
      { path: missing, samples: null, truncated: false },
      { path: cut, samples: 6, truncated: true },
    ]);
    expect(measurements[0]?.total.count).to.equal(16);
  });

  it('without samples says so, which is no error unless samples are required', async () => {
    for (const name of ['no-tcp.pcap', 'no-packets.pcap']) {
      const table = await rttshark(['analyze', fixture(name)]);
      expect(table.status, table.stderr).to.equal(0);
      expect(table.stdout).to.contain('no samples').and.contain(name);
      const quiet = await rttshark([...json, fixture(name)]);
      expect(quiet.status, quiet.stderr).to.equal(0);
      expect(documentOf(quiet.stdout).measurements[0]).to.deep.include({ groups: [] });
      expect(quiet.stderr).to.contain('there are no samples').and.contain(name);
      const required = await rttshark([...json, fixture(name), '--require-samples']);
      expect(required.status, required.stderr).to.equal(31);
      expect(required.stderr).to.contain(name).and.contain('tcp.analysis.ack_rtt');
      expect(documentOf(required.stdout).measurements[0]?.total.count).to.equal(0);
    }
    const enough = await rttshark([...json, fixture('ipv4.pcap'), '--require-samples']);
    expect(enough.status, enough.stderr).to.equal(0);
  });

  it('may be called anything', async () => {
    mkdirSync(file('odd names'));
    const names = [
      '-r.pcap',
      '--format',
      'with blank.pcap',
      `quotes'".pcap`,
      'Zürich ☃ 東京.pcap',
      'tab\tand\nline.pcap',
      '$(touch oops);*.pcap',
      '100%.pcap',
      'back\\slash.pcap',
    ];
    for (const name of names) copyFileSync(fixture('ipv4.pcap'), file('odd names', name));
    const cwd = file('odd names');
    const { status, stdout, stderr } = await rttshark([...json, '--', ...names], { cwd });
    expect(status, stderr).to.equal(0);
    expect(documentOf(stdout).inputs).to.deep.equal(
      names.map((path) => ({ path, samples: 10, truncated: false })),
    );
    const joined = await rttshark([...json, '--join', '--', '-r.pcap', 'with blank.pcap'], { cwd });
    expect(joined.status, joined.stderr).to.equal(0);
    expect(documentOf(joined.stdout).inputs.map(({ path }) => path)).to.deep.equal([
      '-r.pcap',
      'with blank.pcap',
    ]);
    const shown = await rttshark(['analyze', '--', '-r.pcap'], { cwd });
    expect(shown.status, shown.stderr).to.equal(0);
    expect(shown.stdout).to.contain('-r.pcap');
  });

  it('that is named ./- is a file, not standard input', async () => {
    mkdirSync(file('dash'));
    copyFileSync(fixture('ipv4.pcap'), file('dash', '-'));
    const { status, stdout, stderr } = await rttshark([...json, './-'], { cwd: file('dash') });
    expect(status, stderr).to.equal(0);
    expect(documentOf(stdout).inputs).to.deep.equal([{ path: './-', samples: 10, truncated: false }]);
  });

  it('that is a text of other kinds is refused too', async () => {
    writeFileSync(file('data.json'), '{"a": 1}\n');
    writeFileSync(file('page.html'), '<html></html>\n');
    for (const name of ['data.json', 'page.html']) {
      const { status, stderr } = await rttshark([...json, file(name)]);
      expect(status, stderr).to.equal(22);
      expect(stderr).to.contain(`"${file(name)}" is not a capture`);
    }
  });
});
