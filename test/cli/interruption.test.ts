import { once } from 'node:events';
import { expect } from 'chai';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import { writeFakeTshark } from '../support/fake-tshark.ts';
import { descendants, gone, isGone } from '../support/processes.ts';
import { fixture, program, startCommand, startRttshark, type CommandResult } from '../support/run-command.ts';
import { startStubServer, status as answer } from '../sinks/stub-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/deadline.ts';

const capture = fixture('demo.pcap');
const samplesOfCapture = 1137;

function expectPartial({ stdout, stderr }: CommandResult): void {
  const { inputs, measurements } = JSON.parse(stdout) as AnalysisDocument;
  expect(inputs, stderr).to.deep.equal([{ path: capture, samples: samplesOfCapture, truncated: true }]);
  expect(measurements[0]?.total.count).to.equal(samplesOfCapture);
}

describe('command: interrupted', () => {
  const file = temporaryFolder();

  for (const [signal, expected, words] of [
    ['SIGINT', 130, 'Interrupted before it was done'],
    ['SIGTERM', 143, 'Terminated before it was done'],
    ['SIGHUP', 143, 'Terminated before it was done'],
  ] as const) {
    it(`by ${signal}: status ${expected}, the results up to there, no child left`, async () => {
      const fake = writeFakeTshark(file(`slow-${signal}`), { then: 'wait' });
      const args = ['analyze', capture, '--tshark', fake.path, '--format', 'json'];
      const { child, ended } = startRttshark(args);
      const pid = await fake.rowsTaken();
      expect(descendants(child.pid!).map((each) => each.pid)).to.deep.equal([pid]);
      child.kill(signal);
      const result = await ended;
      expect(result.status, result.stderr).to.equal(expected);
      expect(result.stderr).to.contain(words).and.not.contain('died');
      expectPartial(result);
      expect(isGone(pid)).to.equal(true);
    });
  }

  it('kills a tshark that does not end by itself', async () => {
    const fake = writeFakeTshark(file('stubborn'), { then: 'wait stubbornly' });
    const { child, ended } = startRttshark(['analyze', capture, '--tshark', fake.path, '--format', 'json']);
    const pid = await fake.rowsTaken();
    child.kill('SIGINT');
    const result = await ended;
    expect(result.status, result.stderr).to.equal(130);
    expectPartial(result);
    expect(isGone(pid)).to.equal(true);
  });

  it('twice ends at once, without results', async () => {
    const fake = writeFakeTshark(file('twice'), { then: 'wait' });
    // What holds the first one up: a reader of the results that does not read.
    const { child, ended } = startRttshark(['analyze', capture, '--tshark', fake.path]);
    const pid = await fake.rowsTaken();
    process.kill(pid, 'SIGSTOP');
    child.kill('SIGINT');
    child.kill('SIGINT');
    await until('the second signal was taken', () => {
      child.kill('SIGINT');
      return child.exitCode ?? child.signalCode ?? undefined;
    });
    const result = await ended;
    // One more that comes while it exits finds no handler: to a shell that is 130 too.
    const status = result.signal === 'SIGINT' ? 130 : result.status;
    expect(status, result.stderr).to.equal(130);
    process.kill(pid, 'SIGCONT');
    await gone(pid);
  });

  it('pushes nothing that is not complete', async () => {
    const gateway = await startStubServer(answer(200));
    try {
      const fake = writeFakeTshark(file('push'), { then: 'wait' });
      const args = ['analyze', capture, '--tshark', fake.path, '--format', 'json', '--push', gateway.url];
      const { child, ended } = startRttshark(args);
      await fake.rowsTaken();
      child.kill('SIGTERM');
      const result = await ended;
      expect(result.status, result.stderr).to.equal(143);
      expectPartial(result);
      expect(result.stderr).to.contain('Nothing was pushed');
      expect(gateway.received).to.deep.equal([]);
    } finally {
      await gateway.stop();
    }
  });

  it('while a gateway keeps it waiting: the results are there', async () => {
    const gateway = await startStubServer(() => undefined);
    try {
      const { child, ended } = startRttshark(['analyze', capture, '--format', 'json', '--push', gateway.url]);
      await until('the push had arrived', () => (gateway.received.length > 0 ? true : undefined));
      child.kill('SIGINT');
      const { status, stdout, stderr } = await ended;
      expect(status, stderr).to.equal(130);
      expect((JSON.parse(stdout) as AnalysisDocument).measurements[0]?.total.count).to.equal(
        samplesOfCapture,
      );
    } finally {
      await gateway.stop();
    }
  });

  it('while standard input gives nothing: no child left', async () => {
    const { child, ended } = startCommand('bash', [
      '-c',
      `exec "$0" "$1" analyze - < <(head -c 1000 "$2"; exec sleep 600 2>/dev/null)`,
      process.execPath,
      program,
      capture,
    ]);
    const tshark = await until('tshark was reading', () =>
      descendants(child.pid!).find(({ commandLine }) => commandLine.includes('-r\0-\0')),
    );
    const sleeping = descendants(child.pid!).filter(({ commandLine }) => commandLine.startsWith('sleep'));
    try {
      child.kill('SIGINT');
      const { status, stderr } = await ended;
      expect(status, stderr).to.equal(130);
      expect(isGone(tshark.pid)).to.equal(true);
    } finally {
      for (const { pid } of sleeping) process.kill(pid);
    }
  });
});

describe('command: a reader that has seen enough', () => {
  const file = temporaryFolder();

  for (const format of ['table', 'json', 'jsonl', 'csv', 'prometheus']) {
    it(`of ${format} is no failure`, async () => {
      const line =
        '"$0" "$1" analyze "$2" --by src,dst,src_port,dst_port --format "$3" | head -1; echo "${PIPESTATUS[0]}"';
      const { ended } = startCommand('bash', ['-c', line, process.execPath, program, capture, format]);
      const { stdout, stderr } = await ended;
      expect(stderr).to.equal('');
      expect(stdout.trim().split('\n').at(-1)).to.equal('0');
      expect(stdout.trim().split('\n')).to.have.length(2);
    });
  }

  it('before there is anything leaves no child', async () => {
    const fake = writeFakeTshark(file('unread'), { then: 'wait' });
    const { child, ended } = startRttshark(['analyze', capture, '--tshark', fake.path, '--format', 'json']);
    const pid = await fake.rowsTaken();
    child.stdout?.destroy();
    process.kill(pid, 'SIGTERM');
    const [status] = (await once(child, 'exit')) as [number];
    expect(status).to.equal(25);
    expect((await ended).stderr).to.not.match(/\n +at |EPIPE/);
    expect(isGone(pid)).to.equal(true);
  });

  it('is told from a disk that is full', async () => {
    const line = '"$0" "$1" analyze "$2" --format json > /dev/full';
    const { status, stderr } = await startCommand('bash', ['-c', line, process.execPath, program, capture])
      .ended;
    expect(status, stderr).to.equal(2);
    expect(stderr).to.contain('cannot be written to standard output').and.contain('no space left');
  });
});
