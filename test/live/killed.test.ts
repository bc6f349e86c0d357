import { expect } from 'chai';
import { until } from '../support/deadline.ts';
import { copyDumpcap } from '../support/dumpcap-copy.ts';
import { wiredNamespaces } from '../support/namespaces.ts';
import { descendants, gone } from '../support/processes.ts';
import { program } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTalk, startTalkServer } from '../support/traffic.ts';
import { capturing, startLive, startLiveAs, type WireCapture } from './wire-capture.ts';

describe('live: killed itself, on a wire without a packet', () => {
  const file = temporaryFolder();
  const { client, server } = wiredNamespaces();

  async function leavesNothing(live: WireCapture): Promise<void> {
    await live.began();
    expect(capturing(client)).to.include.members(['rttshark.js', 'tshark', 'dumpcap']);
    const children = descendants(live.pid);
    live.running.child.kill('SIGKILL');
    expect((await live.ended).signal).to.equal('SIGKILL');
    for (const { pid } of children) await gone(pid);
    await until('nothing was left', () => (capturing(client).length === 0 ? true : undefined));
  }

  it('leaves no dumpcap and no tshark behind', async () => {
    await leavesNothing(startLive(client));
  });

  it('leaves none behind as a user whose dumpcap has capabilities of its own', async () => {
    const dumpcap = copyDumpcap(file('dumpcap'), { mode: 0o755, capabilities: true });
    const asNobody = ['--reuid', 'nobody', '--regid', 'nogroup', '--clear-groups', process.execPath, program];
    const env = { RTTSHARK_DUMPCAP: dumpcap, HOME: '/nonexistent' };
    const live = startLiveAs(client, ['setpriv', ...asNobody], ['-i', 'wire0'], { env });
    await live.began();
    // The one that captures and, from some moment on, the one that counts what the kernel has seen.
    const programs = live.children('dumpcap').map(({ commandLine }) => commandLine.split('\0')[0]);
    expect([...new Set(programs)]).to.deep.equal([dumpcap]);
    await leavesNothing(live);
  });

  it('leaves none behind in the middle of traffic', async () => {
    await startTalkServer(server, server.ipv4);
    const talk = startTalk(client, server.ipv4, { connections: 4, questions: 100_000, pauseMs: 1 });
    const live = startLive(client, ['--interval', '100ms']);
    await live.began();
    await live.moreSamples();
    await leavesNothing(live);
    talk.child.kill('SIGKILL');
    await talk.ended;
  });
});
