import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { until } from '../support/deadline.ts';
import { freePort } from '../support/ports.ts';
import { descendants, isGone, processInfo } from '../support/processes.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startSshServer, type SshServer } from '../tshark/ssh-server.ts';
import { chatter } from './chatter.ts';
import { beginLive, endingCaptures, startLive } from './running-live.ts';

/** The programs of a name that were called with a word, wherever they run. */
function called(name: string, word: string): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map((entry) => processInfo(Number(entry)))
    .filter((info) => info !== undefined)
    .filter(({ commandLine, state }) => {
      const [file = '', ...args] = commandLine.split('\0');
      return (
        state !== 'Z' && (file.split('/').at(-1) ?? '') === name && args.some((arg) => arg.includes(word))
      );
    })
    .map(({ pid }) => pid);
}

describe('live: on another host', () => {
  const talker = chatter();
  const file = temporaryFolder();
  endingCaptures();
  let sshd: SshServer;
  before(async function () {
    // sshd of a user who is not root lets nobody else in, and may not capture.
    if (process.getuid?.() !== 0) this.skip();
    sshd = await startSshServer();
  });
  after(() => sshd.stop());

  function remote(server: SshServer, ...others: string[]): string[] {
    const options = server.sshOptions.flatMap((option) => ['--ssh-option', option]);
    return ['--remote', `ssh://${server.user}@127.0.0.1:${server.port}`, '-i', 'lo', ...options, ...others];
  }

  it('takes samples there, and leaves its own connection out', async () => {
    const live = await beginLive(remote(sshd, '--interval', '300ms', '--write', file('all.pcapng')));
    await until('samples came', async () => {
      await talker.talk(1, 5);
      return live.output() === '' ? undefined : true;
    });
    await live.end();
    const packets = async (filter: string): Promise<number> => {
      const { status, stdout, stderr } = await runCommand('tshark', ['-r', file('all.pcapng'), '-Y', filter]);
      expect(status, stderr).to.equal(0);
      return stdout.split('\n').length - 1;
    };
    expect(await packets(`tcp.port == ${talker.port}`)).to.be.above(10);
    expect(await packets(`tcp.port == ${sshd.port}`)).to.equal(0);
  });

  it('begins again where ssh dies, and counts the gap', async () => {
    const listen = `127.0.0.1:${await freePort()}`;
    const live = await beginLive(
      remote(
        sshd,
        '-f',
        `tcp port ${talker.port}`,
        '--interval',
        '200ms',
        '--restart-pause',
        '1s',
        '--listen',
        listen,
      ),
    );
    await until('samples came', async () => {
      await talker.talk(1, 5);
      return live.output() === '' ? undefined : true;
    });
    const ssh = descendants(live.child.pid!).filter(({ commandLine }) =>
      /^(?:\S*\/)?ssh\0/.test(commandLine),
    );
    expect(ssh).to.have.length(1);
    process.kill(ssh[0]!.pid, 'SIGKILL');
    const resumed = await live.logged('capture_resumed');
    expect(resumed['gap_ms']).to.be.above(0);
    expect(live.log('capture_died')).to.have.length(1);
    const reports = live.output().length;
    await until('more samples came', async () => {
      await talker.talk(1, 5);
      return live.output().length > reports ? true : undefined;
    });
    const metrics = await (await fetch(`http://${listen}/metrics`)).text();
    expect(metrics).to.contain('\nrttshark_gaps_total 1\n');
    expect(metrics).to.match(/\nrttshark_restarts_total\{program="ssh",reason="\w+"\} 1\n/);
    await live.end();
  });

  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    it(`leaves nothing running there after ${signal}, on an idle link`, async () => {
      const idle = await freePort();
      const live = await beginLive(remote(sshd, '-f', `tcp port ${idle}`));
      const captures = await until('dumpcap ran there', () => {
        const pids = called('dumpcap', `tcp port ${idle}`);
        return pids.length > 0 ? pids : undefined;
      });
      live.child.kill(signal);
      await live.ended;
      await until('dumpcap had ended there', () => (captures.every(isGone) ? true : undefined));
    });
  }

  it('makes do with tcpdump where that is all there is', async () => {
    const folder = file('few-tools');
    mkdirSync(folder);
    for (const tool of ['sh', 'grep', 'tcpdump']) symlinkSync(`/usr/bin/${tool}`, `${folder}/${tool}`);
    const bare = await startSshServer(folder);
    try {
      const filter = `tcp port ${talker.port}`;
      const live = await beginLive(remote(bare, '-f', filter, '--interval', '200ms'));
      expect(called('dumpcap', filter)).to.deep.equal([]);
      await until('samples came', async () => {
        await talker.talk(1, 5);
        return live.output() === '' ? undefined : true;
      });
      await live.end();
    } finally {
      await bare.stop();
    }
  });

  it("ends with 24 and ssh's words where it cannot begin", async () => {
    const nobody: SshServer = { ...sshd, port: await freePort() };
    const refused = await startLive(remote(nobody)).ended;
    expect(refused.status, refused.stderr).to.equal(24);
    expect(refused.stderr).to.contain('Connection refused').and.contain('127.0.0.1');

    expect(
      (await runCommand('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file('other')])).status,
    ).to.equal(0);
    const { stdout: key } = await runCommand('cat', [file('other.pub')]);
    writeFileSync(file('known'), `[127.0.0.1]:${sshd.port} ${key}`);
    const strict = ['StrictHostKeyChecking=yes', `UserKnownHostsFile=${file('known')}`];
    const wrongKey: SshServer = { ...sshd, sshOptions: [...strict, ...sshd.sshOptions] };
    const doubted = await startLive(remote(wrongKey)).ended;
    expect(doubted.status, doubted.stderr).to.equal(24);
    expect(doubted.stderr).to.contain('Host key verification failed');
  });
});
