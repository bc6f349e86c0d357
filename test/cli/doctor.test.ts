import { expect } from 'chai';
import { createCertificates } from '../support/certificates.ts';
import { freePort } from '../support/ports.ts';
import { gatewayUser, startPushgateway, type Pushgateway } from '../support/pushgateway.ts';
import { rttshark } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Finding {
  readonly name: string;
  readonly state: string;
  readonly detail: string;
  readonly mend: string | null;
}

function findingsOf(stdout: string): ReadonlyMap<string, Finding> {
  const { schema, findings } = JSON.parse(stdout) as { schema: string; findings: Finding[] };
  expect(schema).to.equal('rttshark.doctor/1');
  return new Map(findings.map((finding) => [finding.name, finding]));
}

describe('command: doctor', () => {
  const file = temporaryFolder();
  const json = ['doctor', '--format', 'json'];

  it('finds everything on this machine', async () => {
    const { status, stdout, stderr } = await rttshark(json);
    expect(status, stderr).to.equal(0);
    const findings = findingsOf(stdout);
    expect([...findings.keys()]).to.deep.equal([
      ...['node', 'tshark', 'dumpcap', 'mergecap', 'capinfos', 'tcpdump', 'capture permission'],
    ]);
    for (const finding of findings.values()) expect(finding).to.include({ state: 'ok', mend: null });
    expect(findings.get('tshark')?.detail).to.match(/^4\.0\.17, \/usr\/bin\/tshark$/);
    const table = await rttshark(['doctor']);
    expect(table.status).to.equal(0);
    for (const { name, detail } of findings.values()) {
      expect(table.stdout.split('\n').some((line) => line.includes(name) && line.includes(detail))).to.equal(
        true,
      );
    }
  });

  it('ends with 20 without tshark, says how to mend it, and still tells of the rest', async () => {
    const env = { PATH: file('empty'), RTTSHARK_TSHARK: '/nowhere/tshark' };
    const { status, stdout, stderr } = await rttshark(json, { env });
    expect(status, stderr).to.equal(20);
    const findings = findingsOf(stdout);
    expect(findings.get('tshark')).to.include({ state: 'failed' });
    expect(findings.get('tshark')?.detail).to.contain('"/nowhere/tshark" does not exist');
    expect(findings.get('tshark')?.mend).to.contain('RTTSHARK_TSHARK');
    expect(findings.get('node')).to.include({ state: 'ok' });
    const table = await rttshark(['doctor'], { env });
    expect(table.status).to.equal(20);
    expect(table.stdout).to.contain('"/nowhere/tshark" does not exist').and.contain('RTTSHARK_TSHARK');
  });

  describe('with a gateway', () => {
    let gateway: Pushgateway;
    before(async () => {
      gateway = await startPushgateway({ basicAuth: true });
    });
    after(() => gateway.stop());

    const asked = (url: string, ...args: string[]) =>
      rttshark([...json, '--push', url, '--push-retries', '0', ...args], {
        env: { RTTSHARK_PASSWORD: gatewayUser.password },
      });

    it('that is up', async () => {
      const { status, stdout, stderr } = await asked(gateway.url, '--username', gatewayUser.username);
      expect(status, stderr).to.equal(0);
      expect(findingsOf(stdout).get('gateway')).to.include({ state: 'ok', mend: null });
      expect(stdout).to.contain(gateway.url).and.not.contain(gatewayUser.password);
    });

    it('that refuses us', async () => {
      const { status, stdout } = await asked(gateway.url);
      expect(status).to.equal(43);
      expect(findingsOf(stdout).get('gateway')).to.include({ state: 'failed' });
      expect(findingsOf(stdout).get('gateway')?.detail).to.contain('credentials');
    });

    it('that is down', async () => {
      const url = `http://127.0.0.1:${await freePort()}`;
      const { status, stdout } = await asked(url);
      expect(status).to.equal(40);
      expect(findingsOf(stdout).get('gateway')?.detail).to.contain(url).and.contain('refused');
      expect(findingsOf(stdout).get('gateway')?.mend).to.contain('running');
    });

    it('whose certificate nobody signed that we know', async () => {
      const certificates = await createCertificates();
      const secure = await startPushgateway({ mutualTls: certificates });
      try {
        const { status, stdout } = await asked(secure.url);
        expect(status).to.equal(42);
        expect(findingsOf(stdout).get('gateway')?.detail).to.contain('authority');
      } finally {
        await secure.stop();
        await certificates.remove();
      }
    });
  });
});
