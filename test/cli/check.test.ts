import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import type { CheckDocument } from '../../src/report/check-document.ts';
import { fixture, rttshark, runCommand, type CommandResult } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const capture = fixture('demo.pcap');

function check(...args: string[]): Promise<CommandResult> {
  return rttshark(['check', capture, ...args]);
}

function documentOf({ stdout }: CommandResult): CheckDocument {
  return JSON.parse(stdout) as CheckDocument;
}

/** What Python's own parser finds in a JUnit file. */
async function junitOf(file: string): Promise<unknown> {
  const script = `
import json, sys, xml.etree.ElementTree as tree
root = tree.parse(sys.argv[1]).getroot()
cases = [[case.get('name'), [failure.get('type') for failure in case]] for case in root.iter('testcase')]
json.dump({'root': root.tag, 'tests': root.get('tests'), 'failures': root.get('failures'), 'cases': cases}, sys.stdout)`;
  const { status, stdout, stderr } = await runCommand('/usr/bin/python3', ['-c', script, file]);
  expect(status, stderr).to.equal(0);
  return JSON.parse(stdout);
}

describe('command: check', () => {
  const file = temporaryFolder();

  it('passes budgets that are met, in the table and in JSON', async () => {
    const budgets = ['--max', 'p95=10s', '--max', 'mean=2', '--min', 'count=25'];
    const table = await check(...budgets);
    expect(table.status, table.stderr).to.equal(0);
    expect(table.stderr).to.equal('');
    expect(table.stdout).to.contain('48 checks, none failed');
    const document = documentOf(await check(...budgets, '--format', 'json'));
    expect(Object.keys(document)).to.deep.equal(['schema', 'tshark', 'inputs', 'passed', 'checks']);
    expect(document).to.deep.include({ schema: 'rttshark.check/1', passed: true });
    expect(document.checks).to.have.length(48);
    expect(Object.keys(document.checks[0]!)).to.deep.equal([
      ...['kind', 'measurement', 'labels', 'statistic', 'comparison', 'limit', 'actual', 'passed', 'note'],
    ]);
  });

  it('ends with 3 where one is not, and says which', async () => {
    const result = await check('--max', 'p95=1s', '--format', 'json');
    expect(result.status, result.stderr).to.equal(3);
    expect(result.stderr).to.contain('1 of 16 checks failed');
    const failed = documentOf(result).checks.filter(({ passed }) => !passed);
    expect(failed.map(({ labels, statistic, limit }) => ({ labels, statistic, limit }))).to.deep.equal([
      { labels: { src: '203.0.113.9', dst: '10.20.0.17' }, statistic: 'p95', limit: 1 },
    ]);
    const table = await check('--max', 'p95=1s');
    expect(table.status).to.equal(3);
    expect(table.stdout).to.match(
      /src=203\.0\.113\.9 dst=10\.20\.0\.17 +p95 +5\.02 s > 1 s\n16 checks, 1 failed\n$/,
    );
  });

  it('looks only at the groups that --for names: networks, addresses, all of them at once', async () => {
    const inside = await check('--max', 'p95=1s', '--for', 'src=10.0.0.0/8', '--format', 'json');
    expect(inside.status, inside.stderr).to.equal(0);
    const sources = documentOf(inside).checks.map(({ labels }) => labels?.['src'] ?? '');
    expect(sources)
      .to.have.length(11)
      .and.satisfy((all: string[]) => all.every((each) => each.startsWith('10.')));
    const one = await check(
      ...[
        '--max',
        'max=1s',
        '--for',
        'src=2001:0db8:0020:0::16',
        '--for',
        'dst=2001:db8::/32',
        '--format',
        'json',
      ],
    );
    expect(one.status, one.stderr).to.equal(0);
    expect(documentOf(one).checks.map(({ labels }) => labels)).to.deep.equal([
      { src: '2001:db8:20::16', dst: '2001:db8:ffff::1' },
    ]);
  });

  it('fails a budget that matches no group, and one without samples', async () => {
    const none = await check('--max', 'p95=1s', '--for', 'src=192.168.7.7');
    expect(none.status, none.stderr).to.equal(3);
    expect(none.stdout).to.contain('no group matches src=192.168.7.7');
    const empty = await rttshark(['check', fixture('no-tcp.pcap'), '--max', 'p95=1s']);
    expect(empty.status, empty.stderr).to.equal(3);
    expect(empty.stdout).to.contain('there are no samples');
  });

  it('refuses a label that the groups do not have', async () => {
    const { status, stderr } = await check('--max', 'p95=1s', '--for', 'sorce=10.0.0.1');
    expect(status, stderr).to.equal(2);
    expect(stderr).to.contain('"sorce"').and.contain('src');
  });

  it('writes JUnit that Python reads, whatever the outcome', async () => {
    const junit = file('checks.xml');
    const passed = await check('--max', 'p95=10s', '--for', 'src=10.20.0.6', '--junit', junit);
    expect(passed.status, passed.stderr).to.equal(0);
    expect(await junitOf(junit)).to.deep.equal({
      root: 'testsuites',
      tests: '1',
      failures: '0',
      cases: [['src=10.20.0.6 dst=10.20.0.12 p95 <= 10 s', []]],
    });
    const failed = await check(
      '--max',
      'p95=1us',
      '--max',
      'p50=1s',
      '--for',
      'src=10.20.0.6',
      '--junit',
      junit,
    );
    expect(failed.status, failed.stderr).to.equal(3);
    expect(await junitOf(junit)).to.deep.equal({
      root: 'testsuites',
      tests: '2',
      failures: '1',
      cases: [
        ['src=10.20.0.6 dst=10.20.0.12 p95 <= 1 µs', ['budget']],
        ['src=10.20.0.6 dst=10.20.0.12 p50 <= 1 s', []],
      ],
    });
    const nowhere = await check('--max', 'p95=10s', '--junit', '/nowhere/checks.xml');
    expect(nowhere.status, nowhere.stderr).to.equal(2);
    expect(nowhere.stderr).to.contain('"/nowhere/checks.xml" cannot be written');
    expect(nowhere.stderr).to.contain('no such file or directory').and.not.contain('.checks.xml');
    expect(nowhere.stdout).to.contain('none failed');
  });

  describe('against a baseline', () => {
    const baseline = (): string => file('baseline.json');

    before(async () => {
      const { status, stdout, stderr } = await check('--baseline', baseline(), '--update');
      expect(status, stderr).to.equal(0);
      expect(stdout).to.equal('');
      expect(stderr).to.contain(`"${baseline()}" was written`);
    });

    /** The baseline with other figures. */
    let changes = 0;
    function changed(change: (document: AnalysisDocument) => unknown): string {
      const document = JSON.parse(readFileSync(baseline(), 'utf8')) as AnalysisDocument;
      const path = file(`changed-${(changes += 1)}.json`);
      writeFileSync(path, JSON.stringify(change(document)));
      return path;
    }

    function scaled(factor: number): string {
      return changed((document) => {
        const [measured] = document.measurements;
        const groups = measured!.groups.map((group) => ({ ...group, p95: (group.p95 ?? 0) * factor }));
        return { ...document, measurements: [{ ...measured, groups }] };
      });
    }

    it('is what analyze prints as JSON', async () => {
      const { stdout } = await rttshark(['analyze', capture, '--format', 'json']);
      expect(readFileSync(baseline(), 'utf8')).to.equal(stdout);
    });

    it('passes the capture that it was written from', async () => {
      const result = await check('--baseline', baseline(), '--tolerance', '0%', '--format', 'json');
      expect(result.status, result.stderr).to.equal(0);
      expect(documentOf(result).checks).to.have.length(16 * 4);
    });

    it('fails what got worse by more than the tolerance, and passes what got better', async () => {
      const slower = scaled(0.95);
      const within = await check('--baseline', slower);
      expect(within.status, within.stderr).to.equal(0);
      const beyond = await check('--baseline', slower, '--tolerance', '5%');
      expect(beyond.status, beyond.stderr).to.equal(3);
      expect(beyond.stderr).to.contain('16 of 64 checks failed');
      const better = await check('--baseline', scaled(3), '--tolerance', '0');
      expect(better.status, better.stderr).to.equal(0);
      const narrowed = await check('--baseline', slower, '--tolerance', '5%', '--for', 'src=10.20.0.6');
      expect(narrowed.stderr).to.contain('1 of 4 checks failed');
    });

    it('fails where a group is missing now, and passes one that is new', async () => {
      const more = changed((document) => {
        const [measured] = document.measurements;
        const other = { ...measured!.groups[0]!, labels: { src: '10.9.9.9', dst: '10.9.9.8' } };
        return { ...document, measurements: [{ ...measured, groups: [...measured!.groups, other] }] };
      });
      const missing = await check('--baseline', more);
      expect(missing.status, missing.stderr).to.equal(3);
      expect(missing.stdout).to.contain('10.9.9.9').and.contain('without samples now');
      const fewer = changed((document) => {
        const [measured] = document.measurements;
        return { ...document, measurements: [{ ...measured, groups: measured!.groups.slice(1) }] };
      });
      const added = await check('--baseline', fewer);
      expect(added.status, added.stderr).to.equal(0);
      expect(added.stdout).to.contain('new: not in the baseline');
    });

    it('together with budgets', async () => {
      const { status, stderr } = await check('--baseline', baseline(), '--max', 'p95=1s');
      expect(status, stderr).to.equal(3);
      expect(stderr).to.contain('1 of 80 checks failed');
    });

    it('that is grouped otherwise, or is none, is refused', async () => {
      const other = await check('--baseline', baseline(), '--by', 'src');
      expect(other.status, other.stderr).to.equal(2);
      expect(other.stderr).to.contain('grouped by "src,dst"');
      writeFileSync(file('broken.json'), '{"schema": ');
      const broken = await check('--baseline', file('broken.json'));
      expect(broken.status, broken.stderr).to.equal(2);
      expect(broken.stderr).to.contain(file('broken.json'));
    });

    it('is not written from a capture that is cut short', async () => {
      const path = file('cut.json');
      const cut = fixture('cut-in-packet.pcap');
      const { status, stderr } = await rttshark(['check', cut, '--baseline', path, '--update']);
      expect(status, stderr).to.equal(26);
      expect(stderr).to.contain('left as it was');
      expect(existsSync(path)).to.equal(false);
    });
  });
});
