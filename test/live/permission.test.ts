import { expect } from 'chai';
import { copyDumpcap, someGroup } from '../support/dumpcap-copy.ts';
import { wiredNamespaces } from '../support/namespaces.ts';
import { program } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTalk, startTalkServer } from '../support/traffic.ts';
import { startLiveAs } from './wire-capture.ts';

describe('live: a user without privilege', () => {
  const { client, server } = wiredNamespaces();
  const asNobody = (...groups: readonly string[]) =>
    ['setpriv', '--reuid', 'nobody', '--regid', 'nogroup', ...groups, process.execPath, program] as [
      string,
      ...string[],
    ];
  const file = temporaryFolder();
  let env: Record<string, string>;

  before(() => {
    const { gid } = someGroup;
    env = {
      HOME: '/nonexistent',
      RTTSHARK_DUMPCAP: copyDumpcap(file('dumpcap'), { mode: 0o750, gid, capabilities: true }),
    };
  });

  it("captures where he is in dumpcap's group", async () => {
    await startTalkServer(server, server.ipv4);
    const live = startLiveAs(
      client,
      asNobody('--groups', someGroup.gid.toString()),
      ['-i', 'wire0', '--interval', '100ms'],
      { env },
    );
    await live.began();
    const talk = startTalk(client, server.ipv4, { connections: 2, questions: 500, pauseMs: 2 });
    await talk.ended;
    const whole = await live.stop();
    expect(whole.measurements[0]?.total.count).to.be.above(100);
  });

  it('is told the group where he is not in it: status 24', async () => {
    const live = startLiveAs(client, asNobody('--clear-groups'), ['-i', 'wire0'], { env });
    const { status, stdout, stderr } = await live.ended;
    expect(status, stderr).to.equal(24);
    expect(stdout).to.equal('');
    expect(live.log().map((record) => record['hint'])).to.deep.equal([
      'Add yourself: "sudo usermod -aG mail nobody", then log in again.',
    ]);
  });
});
