import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import { writeFakeTshark } from '../support/fake-tshark.ts';
import { gone } from '../support/processes.ts';
import { fixture, rttshark, startRttshark } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const capture = fixture('demo.pcap');
const samplesOfCapture = 1137;

describe('command: trouble with tshark', () => {
  const file = temporaryFolder();

  it('ends with 20 where the tshark that was named does not exist or cannot be run', async () => {
    const missing = await rttshark(['analyze', capture, '--tshark', '/nowhere/tshark']);
    expect(missing.status, missing.stderr).to.equal(20);
    expect(missing.stderr).to.contain('"/nowhere/tshark" does not exist').and.contain('RTTSHARK_TSHARK');
    const plain = await rttshark(['analyze', capture], { env: { RTTSHARK_TSHARK: capture } });
    expect(plain.status, plain.stderr).to.equal(20);
    expect(plain.stderr).to.contain(`"${capture}" cannot be run`);
  });

  it('ends with 20 where what was named is no tshark', async () => {
    const { status, stderr } = await rttshark(['analyze', capture, '--tshark', process.execPath]);
    expect(status, stderr).to.equal(20);
    expect(stderr).to.contain(`"${process.execPath}" is not tshark`);
  });

  it('ends with 21 where tshark is too old, and names the version that is needed', async () => {
    const old = writeFakeTshark(file('old-tshark'), { version: '2.6.20' });
    const { status, stdout, stderr } = await rttshark(['analyze', capture, '--tshark', old.path]);
    expect(status, stderr).to.equal(21);
    expect(stdout).to.equal('');
    expect(stderr)
      .to.contain('2.6.20')
      .and.contain(old.path)
      .and.match(/3\.\d+\.\d+ or newer/);
  });

  it('ends with 23 for a wrong display filter, with what tshark says of it as it was written', async () => {
    for (const [filter, words] of [
      ['tcp.port ==', 'Unexpected end'],
      ['tcp.prt == 80', 'tcp.prt'],
      ['tcp.port == 80) or (tcp', 'brackets do not pair'],
    ] as const) {
      const { status, stdout, stderr } = await rttshark(['analyze', capture, '-Y', filter]);
      expect(status, stderr).to.equal(23);
      expect(stdout).to.equal('');
      expect(stderr).to.contain(`"${filter}"`).and.contain(words).and.not.contain('ack_rtt');
    }
  });

  it('ends with 25 where tshark is killed in the middle, with the results up to there', async () => {
    const fake = writeFakeTshark(file('killed-tshark'), { then: 'wait' });
    const { ended } = startRttshark(['analyze', capture, '--tshark', fake.path, '--format', 'json']);
    const pid = await fake.rowsTaken();
    process.kill(pid, 'SIGKILL');
    const { status, stdout, stderr } = await ended;
    expect(status, stderr).to.equal(25);
    expect(stderr)
      .to.contain('tshark died')
      .and.contain(`"${capture}"`)
      .and.contain(`${samplesOfCapture} rows`);
    const document = JSON.parse(stdout) as AnalysisDocument;
    expect(document.inputs).to.deep.equal([{ path: capture, samples: samplesOfCapture, truncated: true }]);
    expect(document.measurements[0]?.total.count).to.equal(samplesOfCapture);
    await gone(pid);
  });

  it('drops a row that tshark did not finish, and says so', async () => {
    const fake = writeFakeTshark(file('cut-tshark'), {
      then: 'wait',
      unfinishedRow: '"1700000000.000000000"\t"0.0',
    });
    const { ended } = startRttshark(['analyze', capture, '--tshark', fake.path, '--format', 'json']);
    process.kill(await fake.rowsTaken(), 'SIGKILL');
    const { status, stdout, stderr } = await ended;
    expect(status, stderr).to.equal(25);
    expect(stderr).to.contain('cut in two was dropped');
    expect((JSON.parse(stdout) as AnalysisDocument).measurements[0]?.total.count).to.equal(samplesOfCapture);
  });

  it('finds tshark by PATH and by RTTSHARK_TSHARK, names with blanks included', async () => {
    mkdirSync(file('odd bin'));
    const wrapper = file('odd bin', 'tshark');
    const mark = file('called');
    writeFileSync(wrapper, `#!/bin/sh\necho called >> '${mark}'\nexec /usr/bin/tshark "$@"\n`);
    chmodSync(wrapper, 0o755);
    const path = `${file('odd bin')}:${process.env['PATH']}`;
    for (const env of [{ PATH: path }, { RTTSHARK_TSHARK: wrapper }]) {
      const { status, stdout, stderr } = await rttshark(['analyze', capture, '--dry-run'], { env });
      expect(status, stderr).to.equal(0);
      expect(stdout).to.match(/^WIRESHARK_CONFIG_DIR=\S+ '.*odd bin\/tshark' -n -r /);
    }
  });
});
