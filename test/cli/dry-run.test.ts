import { copyFileSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import { exactSum } from '../support/exact-sum.ts';
import { isClose } from '../support/expect-groups.ts';
import { fixture, rttshark, runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('command: --dry-run', () => {
  const file = temporaryFolder();
  const odd = `it's "odd" $(touch oops) ☃.pcap`;

  const cases: readonly (readonly [what: string, args: readonly string[], stdin?: string])[] = [
    ['one capture', [fixture('demo.pcap')]],
    ['several captures', [fixture('ipv4.pcap'), fixture('ipv6-in-ipv4.pcap')]],
    ['joined captures', ['--join', fixture('ring_00001.pcap'), fixture('ring_00002.pcap')]],
    ['standard input', ['-'], fixture('demo.pcap')],
    ['an odd name', [odd]],
    ['a filter with quotes', [fixture('ipv4.pcap'), '-Y', `tcp.port == 80 or frame.protocols contains "ip"`]],
    [
      'options for tshark',
      [fixture('ipv4.pcap'), '-d', 'tcp.port==1-65535,http', '-o', 'tcp.check_checksum:FALSE', '-c', '9'],
    ],
    ['all labels', [fixture('two-interfaces.pcapng'), '--by', 'src,dst,src_port,dst_port,stream,interface']],
  ];

  before(() => {
    copyFileSync(fixture('ipv4.pcap'), file(odd));
  });

  for (const [what, args, stdin] of cases) {
    it(`of ${what} prints lines that bash runs, which give the rows that the program reads`, async () => {
      const cwd = file('.');
      const input = stdin === undefined ? {} : { stdin: readFileSync(stdin) };
      const [dry, real] = await Promise.all([
        rttshark(['analyze', ...args, '--dry-run'], { cwd }),
        rttshark(['analyze', ...args, '--format', 'json'], { cwd, ...input }),
      ]);
      expect(dry.status, dry.stderr).to.equal(0);
      expect(real.status, real.stderr).to.equal(0);
      const from = stdin === undefined ? '' : `cat ${stdin} | `;
      const ran = await runCommand('bash', ['-ec', `set -o pipefail; ${from}${dry.stdout}`], { cwd });
      expect(ran.status, ran.stderr).to.equal(0);
      const rows = ran.stdout.split('\n').filter((line) => line !== '');
      const values = rows.map((row) => Number(row.split('\t')[1]?.replaceAll('"', '')));
      const total = (JSON.parse(real.stdout) as AnalysisDocument).measurements[0]?.total;
      expect(values.length).to.equal(total?.count).and.be.greaterThan(0);
      expect(isClose(total?.sum, exactSum(values))).to.equal(true);
      expect(Math.max(...values)).to.equal(total?.max);
    });
  }

  it('runs nothing', async () => {
    const { status, stdout, stderr } = await rttshark(['analyze', '/nowhere/a.pcap', '--dry-run']);
    expect(status, stderr).to.equal(0);
    expect(stdout).to.match(/^WIRESHARK_CONFIG_DIR=\S+ \S*tshark .*\/nowhere\/a\.pcap.*\n$/);
    const check = await rttshark(['check', '/nowhere/a.pcap', '--max', 'p95=1s', '--dry-run']);
    expect(check.status, check.stderr).to.equal(0);
    expect(check.stdout).to.equal(stdout);
  });
});
