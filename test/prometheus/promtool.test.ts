import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { fixture, rttshark, runCommand } from '../support/run-command.ts';
import { promtoolProgram } from '../support/server-programs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What else than the default there is to a text of metrics. */
const choices: readonly (readonly [capture: string, ...args: readonly string[]])[] = [
  ['no-tcp.pcap'],
  ['demo.pcap', '--by', 'none', '--no-own-metrics', '--metric-help', 'A "quote", a \\ and\na line.'],
  ['two-interfaces.pcapng', '--by', 'src,dst,src_port,dst_port,stream,interface', '--swap'],
  [
    ...(['demo.pcap', '--metric-name', 'site_rtt_seconds', '--label-names', 'src=Source_IP'] as const),
    ...['--buckets', '1ms,2.5ms,1s,1m'],
  ],
  [
    ...(['impairments.pcap', '--measure', 'tcp,handshake,dns,http,icmp,icmpv6,ldap.time'] as const),
    ...['--counters', '--by', 'src,dst,dns_name'],
  ],
];

describe('analyze --format prometheus, and --textfile', () => {
  const file = temporaryFolder();

  for (const [capture, ...args] of choices) {
    it(`are taken by promtool: ${[capture, ...args].join(' ')}`, async () => {
      const written = ['--format', 'prometheus', '--textfile', file('rttshark.prom')];
      const { status, stdout, stderr } = await rttshark(['analyze', fixture(capture), ...written, ...args]);
      expect(status, stderr).to.equal(0);
      for (const stdin of [stdout, readFileSync(file('rttshark.prom'), 'utf8')]) {
        expect(stdin).to.contain('# TYPE ');
        const checked = await runCommand(promtoolProgram, ['check', 'metrics'], { stdin });
        expect([checked.status, checked.stdout + checked.stderr]).to.deep.equal([0, '']);
      }
    });
  }
});
