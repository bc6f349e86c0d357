import { expect } from 'chai';
import { until } from '../support/deadline.ts';
import { ip, wiredNamespaces } from '../support/namespaces.ts';
import { startTalk, startTalkServer } from '../support/traffic.ts';
import { startLive, startLiveAs, type WireCapture } from './wire-capture.ts';
import { program, type RunningCommand } from '../support/run-command.ts';

describe('live: an interface that comes and goes', () => {
  const wire = wiredNamespaces();
  const { client, server } = wire;
  const talks: RunningCommand[] = [];

  function startConversation(): void {
    talks.push(startTalk(client, server.ipv4, { connections: 4, questions: 100_000, pauseMs: 20 }));
  }

  before(async () => {
    await startTalkServer(server, '0.0.0.0');
  });

  beforeEach(startConversation);

  afterEach(async () => {
    for (const { child } of talks) child.kill('SIGKILL');
    await Promise.all(talks.splice(0).map(({ ended }) => ended));
  });

  async function begun(): Promise<WireCapture> {
    const live = startLive(client, ['--interval', '100ms', '--restart-pause', '200ms', '--listen']);
    await live.began();
    await live.moreSamples();
    return live;
  }

  it('goes down and up again: the capture resumes', async () => {
    const live = await begun();
    ip('-n', client.name, 'link', 'set', 'wire0', 'down');
    await live.logged('interface_down');
    ip('-n', client.name, 'link', 'set', 'wire0', 'up');
    await live.logged('interface_up');
    await live.moreSamples();
    expect(await live.metric('rttshark_gaps_total')).to.equal(1);
    expect(live.events('interface_down').length).to.equal(1);
    expect(live.events('capture_died')).to.deep.equal([]);
    await live.stop();
  });

  it('is deleted and made anew: the capture resumes, and the reason is said once', async () => {
    const live = await begun();
    wire.cut();
    await live.logged('capture_died');
    await until('it had been tried again', async () => {
      const restarts = await live.metric(
        'rttshark_restarts_total{program="dumpcap",reason="interface_gone"}',
      );
      return restarts > 2 ? true : undefined;
    });
    wire.lay();
    startConversation();
    await live.logged('capture_resumed');
    await live.moreSamples();
    expect(await live.metric('rttshark_gaps_total')).to.equal(1);
    expect(live.events('capture_died').map(({ reason }) => reason)).to.deep.equal(['interface_gone']);
    await live.stop();
  });

  it('that does not exist: status 24', async () => {
    const live = startLiveAs(client, [process.execPath, program], ['-i', 'wire1']);
    const { status, stdout, stderr } = await live.ended;
    expect(status, stderr).to.equal(24);
    expect(stdout).to.equal('');
    expect(live.log().map(({ message }) => message)).to.deep.equal(['There is no interface "wire1".']);
  });
});
