import { expect } from 'chai';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import { runningServers } from '../sinks/running-servers.ts';
import { until } from '../support/deadline.ts';
import { freePort } from '../support/ports.ts';
import { startPushgateway, type Pushgateway } from '../support/pushgateway.ts';
import { chatter } from './chatter.ts';
import { sumOf, seriesValue } from './exposition.ts';
import { beginLive, endingCaptures } from './running-live.ts';

const histogram = 'rttshark_tcp_ack_rtt_seconds';

/** The reports of `--format json`, the last one of the whole capture. */
function documents(stdout: string): AnalysisDocument[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as AnalysisDocument);
}

function samplesOf(document: AnalysisDocument | undefined): number | undefined {
  return document?.measurements[0]?.total.count;
}

describe('live: a Pushgateway', () => {
  const talker = chatter();
  const servers = runningServers();
  endingCaptures();
  let gateway: Pushgateway | undefined;
  const stopGateway = async () => {
    await gateway?.stop();
    gateway = undefined;
  };
  afterEach(stopGateway);

  const args = (url: string, ...others: string[]): string[] => [
    ...['-i', 'lo', '-f', `tcp port ${talker.port}`, '--interval', '300ms', '--format', 'json'],
    ...['--push', url, ...others],
  ];

  it('that was away has the right totals when it is back; said once when it goes and once when it comes', async () => {
    const port = await freePort();
    gateway = await startPushgateway({ port });
    const live = await beginLive(args(gateway.url, '--listen', `127.0.0.1:${await freePort()}`));
    const { url: metricsUrl } = (await live.logged('listening')) as unknown as { url: string };
    const ownMetrics = async (): Promise<string> => await (await fetch(metricsUrl)).text();
    const failures = async () => sumOf(await ownMetrics(), 'rttshark_push_failures_total');
    await talker.talk(3, 20);
    await until('a first push had samples', async () =>
      sumOf(await gateway!.metrics(), `${histogram}_count`) > 0 ? true : undefined,
    );
    await stopGateway();
    await talker.talk(3, 20);
    const failed = await until('several pushes had failed', async () => {
      const count = await failures();
      return count >= 3 ? count : undefined;
    });
    gateway = await startPushgateway({ port });
    const back = await live.logged('push_recovered');
    expect(back['failures']).to.be.at.least(failed);
    expect(live.log('push_failed')).to.have.length(1);
    const counted = seriesValue(
      await ownMetrics(),
      'rttshark_push_failures_total{code="gateway_unreachable"}',
    );
    expect(counted).to.equal(back['failures']);

    await talker.talk(2, 10);
    const { stdout } = await live.end();
    const samples = samplesOf(documents(stdout).at(-1));
    const held = await gateway.metrics();
    expect(samples).to.be.above(200);
    expect(sumOf(held, `${histogram}_count`)).to.equal(samples);
    expect(sumOf(held, 'rttshark_push_failures_total')).to.equal(counted);
    expect(sumOf(held, 'rttshark_samples_total')).to.equal(samples);
    // What tells a capture that has ended from one that pushes no more.
    expect(held).to.match(/^rttshark_state\{[^}]*rttshark_state="stopping"[^}]*\} 1$/m);
  });

  it('that accepts and never answers delays nothing; the last push ends in time, with 41', async () => {
    const silent = await servers.raw(() => undefined);
    const live = await beginLive(args(silent.url, '--push-timeout', '1s'));
    await talker.talk(2, 10);
    await until('reports went on', () => (live.output().split('\n').length > 5 ? true : undefined));
    // The first push still waits for its answer, or has timed out; no second one goes beside it.
    live.child.kill('SIGINT');
    const { status, stdout } = await live.ended;
    expect(status).to.equal(41);
    const all = documents(stdout);
    expect(samplesOf(all.at(-1))).to.be.above(30);
    expect(all.slice(0, -1).reduce((sum, document) => sum + (samplesOf(document) ?? 0), 0)).to.equal(
      samplesOf(all.at(-1)),
    );
    expect(live.log('push_failed').length).to.be.within(1, 2);
  });

  it('is rid of the group at the end where that was asked for', async () => {
    gateway = await startPushgateway();
    const live = await beginLive(args(gateway.url, '--delete-on-exit', '--job', 'passing'));
    await talker.talk(1, 5);
    await until('something was pushed', async () =>
      (await gateway!.groups()).some(({ labels }) => labels['job'] === 'passing') ? true : undefined,
    );
    await live.end();
    expect(live.log('group_deleted')).to.have.length(1);
    await until('the group was gone', async () =>
      (await gateway!.groups()).length === 0 ? true : undefined,
    );
  });

  it('that is gone at the end is told of, and hides no other problem', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const live = await beginLive(args(url, '--delete-on-exit', '--require-samples', '--push-retries', '0'));
    live.child.kill('SIGINT');
    const { status, stderr } = await live.ended;
    expect(status, stderr).to.equal(31);
    expect(live.log('group_not_deleted')).to.have.length(1);
    expect(live.log('no_samples')).to.have.length(1);
  });

  it('that refuses the data is told of, and the capture goes on', async () => {
    const server = await servers.stub((_got, response) => {
      response.writeHead(400).end('pushed metrics are invalid');
    });
    const live = await beginLive(args(server.url));
    await until('several pushes were refused', () => (server.received.length >= 3 ? true : undefined));
    live.child.kill('SIGTERM');
    const { status } = await live.ended;
    expect(status).to.equal(44);
    expect(live.log('push_failed')[0]).to.include({
      code: 'gateway_refused',
      detail: 'pushed metrics are invalid',
    });
  });
});
