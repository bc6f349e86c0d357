import { closeSync, openSync } from 'node:fs';
import { expect } from 'chai';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import { fixture, program, rttshark, startCommand } from '../support/run-command.ts';
import { sideBySide } from '../support/side-by-side.ts';

const services = fixture('recorded-services.pcapng');

async function liveDocument(args: readonly string[]): Promise<AnalysisDocument> {
  const stdin = openSync(services, 'r');
  try {
    const { status, stdout, stderr } = await rttshark(['live', '-i', '-', '--format', 'json', ...args], {
      stdin,
    });
    expect(status, stderr).to.equal(0);
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as AnalysisDocument;
  } finally {
    closeSync(stdin);
  }
}

describe('live: measurements', () => {
  it('are those of the same packets in a file', async () => {
    const asked = [
      ['--measure', 'dns', '--by', 'src,dns_name'],
      ['--measure', 'icmpv6'],
      ['--measure', 'page=http.time', '--by', 'http_host,code=http.response.code'],
    ];
    await sideBySide(asked, async (args) => {
      const { measurements } = await liveDocument(args);
      const file = [program, 'analyze', services, '--format', 'json', ...args];
      const { stdout } = await startCommand(process.execPath, file).ended;
      expect(measurements).to.deep.equal((JSON.parse(stdout) as AnalysisDocument).measurements);
      expect(measurements[0]?.total.count).to.be.above(2);
    });
  });

  const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['several at once', ['--measure', 'tcp,dns'], /measures one thing/],
    ['what is taken once a connection', ['--measure', 'handshake'], /cannot be measured live/],
    ['names of hosts', ['--by', 'src_name'], /cannot be grouped by "src_name"/],
  ];
  for (const [what, args, message] of refused) {
    it(`are not ${what}`, async () => {
      const { status, stderr } = await rttshark(['live', '-i', '-', ...args], { stdin: '' });
      expect(status).to.equal(2);
      expect(stderr).to.match(message);
    });
  }
});
