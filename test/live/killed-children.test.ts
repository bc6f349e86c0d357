import { expect } from 'chai';
import { wiredNamespaces } from '../support/namespaces.ts';
import { gone } from '../support/processes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTalk, startTalkServer } from '../support/traffic.ts';
import { analyzed } from './analyzed.ts';
import { capturing, startLive, type WireCapture } from './wire-capture.ts';

/** Enough to see that each is counted; RTTSHARK_TEST_KILLS=20 takes longer, and may see more. */
const times = Number(process.env['RTTSHARK_TEST_KILLS'] ?? 5);

/** What is logged when a program that died captures or dissects again. */
const recovered = { tshark: 'tshark_restarted', dumpcap: 'capture_resumed' } as const;
type Program = keyof typeof recovered;

describe('live: kill -9', function () {
  this.timeout(120_000);
  const file = temporaryFolder();
  const { client, server } = wiredNamespaces();

  before(async () => {
    await startTalkServer(server, server.ipv4);
    startTalk(client, server.ipv4, { connections: 4, questions: 100_000, pauseMs: 20 });
  });

  async function kill(live: WireCapture, programs: readonly Program[], time: number): Promise<void> {
    const children = programs.flatMap((name) => live.children(name));
    expect(children.length, `children at time ${time}`).to.equal(programs.length);
    for (const { pid } of children) process.kill(pid, 'SIGKILL');
    for (const { pid } of children) await gone(pid);
    for (const name of programs) await live.logged(recovered[name], time);
    await live.moreSamples();
  }

  for (const programs of [['tshark'], ['dumpcap'], ['tshark', 'dumpcap']] as const) {
    it(`on ${programs.join(' and ')}, ${times} times: goes on, counts each, loses nothing that was captured`, async () => {
      const written = file(`${programs.join('-')}.pcapng`);
      const live = startLive(
        client,
        [
          ...['--interval', '100ms', '--restart-pause', '100ms', '--listen', '--write', written],
          ...['--log-level', 'debug'],
        ],
        { longestRunMs: 120_000 },
      );
      await live.began();
      await live.moreSamples();
      for (let time = 1; time <= times; time++) await kill(live, programs, time);
      expect(await live.metric('rttshark_gaps_total')).to.equal(times * programs.length);
      expect(await live.metric('rttshark_gap_seconds_total')).to.be.above(0);
      for (const name of ['tshark', 'dumpcap'] as const) {
        const killed = (programs as readonly Program[]).includes(name) ? times : 0;
        const series = `rttshark_restarts_total{program="${name}",reason="killed"}`;
        expect(await live.metric(series), series).to.equal(killed);
        expect(live.children(name).length, name).to.equal(1);
      }
      expect(await live.metric('rttshark_restarts_total')).to.equal(times * programs.length);
      expect(live.zombies()).to.deep.equal([]);
      const whole = await live.stop();
      expect(whole.measurements).to.deep.equal(await analyzed([written]));
      expect(capturing(client), 'left behind').to.deep.equal([]);
    });
  }
});
