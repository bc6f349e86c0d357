import { statSync } from 'node:fs';
import { expect } from 'chai';
import { wiredNamespaces } from '../support/namespaces.ts';
import { program } from '../support/run-command.ts';
import { startTalk, startTalkServer } from '../support/traffic.ts';
import { startLiveAs } from './wire-capture.ts';

describe('live: a user without privilege', () => {
  const { client, server } = wiredNamespaces();
  const asNobody = (...groups: readonly string[]) =>
    ['setpriv', '--reuid', 'nobody', '--regid', 'nogroup', ...groups, process.execPath, program] as [
      string,
      ...string[],
    ];
  const env = { HOME: '/nonexistent' };

  before(function () {
    // Debian's package leaves it to root and a group, or to everybody.
    if ((statSync('/usr/bin/dumpcap').mode & 0o001) !== 0) this.skip();
  });

  it("captures where he is in dumpcap's group", async () => {
    const { gid } = statSync('/usr/bin/dumpcap');
    await startTalkServer(server, server.ipv4);
    const live = startLiveAs(
      client,
      asNobody('--groups', gid.toString()),
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
      'Add yourself: "sudo usermod -aG wireshark nobody", then log in again.',
    ]);
  });
});
