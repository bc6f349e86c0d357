import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { wiredNamespaces } from '../support/namespaces.ts';
import { gone, isGone } from '../support/processes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTalk, startTalkServer } from '../support/traffic.ts';
import { analyzed } from './analyzed.ts';
import { capturing, startLive, type WireCapture } from './wire-capture.ts';

describe('live: how it ends', () => {
  const file = temporaryFolder();
  const { client, server } = wiredNamespaces();

  before(async () => {
    await startTalkServer(server, server.ipv4);
    startTalk(client, server.ipv4, { connections: 4, questions: 100_000, pauseMs: 5 });
  });

  /** A last report of all intervals, and nothing that still runs. */
  function expectEnd(live: WireCapture): void {
    expect(live.whole().measurements[0]?.total.count).to.equal(live.samples());
    expect(live.samples()).to.be.above(0);
    expect(capturing(client)).to.deep.equal([]);
  }

  it('after --duration', async () => {
    const live = startLive(client, ['--duration', '2s', '--interval', '500ms']);
    const { status, stderr } = await live.ended;
    expect(status, stderr).to.equal(0);
    expectEnd(live);
    const intervals = live.documents().flatMap(({ interval }) => interval ?? []);
    expect(intervals.at(-1)!.end - intervals[0]!.start).to.be.at.least(2);
  });

  it('after exactly so many packets as -c says', async () => {
    const written = file('counted.pcapng');
    const live = startLive(client, ['-c', '777', '--write', written]);
    const { status, stderr } = await live.ended;
    expect(status, stderr).to.equal(0);
    expectEnd(live);
    const about = execFileSync('capinfos', ['-c', '-T', '-r', '-M', written], { encoding: 'utf8' });
    expect(about.trim().split('\t').at(-1)).to.equal('777');
    expect(live.whole().measurements).to.deep.equal(await analyzed([written]));
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`after ${signal}: status 0, with a last report`, async () => {
      const live = startLive(client, ['--interval', '100ms']);
      await live.began();
      await live.moreSamples();
      await live.stop(signal);
      expectEnd(live);
    });
  }

  it('at once after a second SIGINT, with status 130 and nothing left behind', async () => {
    const live = startLive(client, ['--interval', '100ms']);
    await live.began();
    await live.moreSamples();
    const tsharks = live.children('tshark');
    const dumpcaps = live.children('dumpcap');
    // What holds the first one up: a tshark that does not come to its end.
    for (const { pid } of tsharks) process.kill(pid, 'SIGSTOP');
    live.running.child.kill('SIGINT');
    for (const { pid } of dumpcaps) await gone(pid);
    expect(tsharks.map(({ pid }) => isGone(pid))).to.deep.equal([false]);
    live.running.child.kill('SIGINT');
    const { status, stderr } = await live.ended;
    expect(status, stderr).to.equal(130);
    for (const { pid } of tsharks) await gone(pid);
    expect(live.documents().every(({ interval }) => interval !== undefined)).to.equal(true);
  });
});
