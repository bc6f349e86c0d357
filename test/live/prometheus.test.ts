import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { defaultBuckets } from '../../src/metrics/buckets.ts';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import { curl } from '../sinks/scrape-curl.ts';
import { createCertificates, type Certificates } from '../support/certificates.ts';
import { until } from '../support/deadline.ts';
import { freePort } from '../support/ports.ts';
import { gatewayUser } from '../support/pushgateway.ts';
import { runCommand } from '../support/run-command.ts';
import { prometheusProgram, promtoolProgram } from '../support/server-programs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { chatter } from './chatter.ts';
import { seriesValue } from './exposition.ts';
import { beginLive, endingCaptures } from './running-live.ts';

const query = 'histogram_quantile(0.95, rate(rttshark_tcp_ack_rtt_seconds_bucket[10s]))';

describe('live: scraped', () => {
  const talker = chatter();
  const file = temporaryFolder();
  endingCaptures();
  let certificates: Certificates;
  let prometheus: ChildProcess | undefined;
  before(async () => {
    certificates = await createCertificates();
    const { certFile, keyFile } = certificates.server;
    await writeFile(
      file('web.yml'),
      `tls_server_config: {cert_file: ${certFile}, key_file: ${keyFile}}
basic_auth_users: {${gatewayUser.username}: ${gatewayUser.passwordHash}}
`,
    );
  });
  after(async () => {
    if (prometheus !== undefined) {
      const ended = once(prometheus, 'exit');
      prometheus.kill('SIGKILL');
      await ended;
    }
    await certificates.remove();
  });

  const args = (...others: string[]): string[] => ['-i', 'lo', '-f', `tcp port ${talker.port}`, ...others];

  /** Debian's, which scrapes one target over TLS with the right password; gives a way to ask it. */
  async function startPrometheus(port: number): Promise<(promql: string) => Promise<number[]>> {
    const job = {
      job_name: 'live',
      scheme: 'https',
      scrape_interval: '300ms',
      scrape_timeout: '300ms',
      basic_auth: { username: gatewayUser.username, password: gatewayUser.password },
      tls_config: { ca_file: certificates.authority.certFile },
      static_configs: [{ targets: [`localhost:${port}`] }],
    };
    // JSON is YAML.
    await writeFile(file('prometheus.yml'), JSON.stringify({ scrape_configs: [job] }));
    const own = await freePort();
    prometheus = spawn(
      prometheusProgram,
      [
        `--config.file=${file('prometheus.yml')}`,
        `--storage.tsdb.path=${file('data')}`,
        `--web.listen-address=127.0.0.1:${own}`,
        '--log.level=error',
      ],
      { stdio: 'ignore' },
    );
    return async (promql) => {
      const url = `http://127.0.0.1:${own}/api/v1/query?query=${encodeURIComponent(promql)}`;
      const answer = await fetch(url).catch(() => undefined);
      if (answer?.ok !== true) return [];
      const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
      return data.result.map(({ value }) => Number(value[1])).filter((value) => !Number.isNaN(value));
    };
  }

  it('by Prometheus over TLS with a password: quantiles fit the traffic', async () => {
    const port = await freePort();
    const live = await beginLive(
      args(
        ...['--listen', `127.0.0.1:${port}`, '--web-config-file', file('web.yml')],
        ...['--interval', '1h', '--format', 'json'],
      ),
    );
    const ask = await startPrometheus(port);
    // A rate needs two scrapes with the series: there is traffic until it has an answer for both directions.
    const [answer = NaN] = await until('Prometheus could tell a quantile', async () => {
      await talker.talk(2, 20);
      const values = await ask(query);
      return values.length > 0 ? values : undefined;
    });
    const [up] = await ask('up{job="live"}');
    expect(up).to.equal(1);
    const { stdout } = await live.end();
    const document = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as AnalysisDocument;
    const { p90, p99 } = document.measurements[0]!.total;
    const below = Math.max(0, ...defaultBuckets.filter((bound) => bound < p90!));
    const above = Math.min(...defaultBuckets.filter((bound) => bound >= p99!));
    // Within the buckets: all that a histogram can tell of its values.
    expect(answer).to.be.within(below, above);
  });

  it('with other credentials gives 401 and nothing else, whatever is asked for', async () => {
    const port = await freePort();
    const live = await beginLive(args('--listen', `127.0.0.1:${port}`, '--web-config-file', file('web.yml')));
    const ca = ['--cacert', certificates.authority.certFile];
    for (const path of ['/metrics', '/-/ready', '/-/healthy', '/', '/nothing']) {
      for (const user of [['-u', `${gatewayUser.username}:wrong`], ['-u', 'nobody:x'], []]) {
        const { status, body, stderr } = await curl(...ca, ...user, `https://localhost:${port}${path}`);
        expect([status, body.trim()], `${path} ${stderr}`).to.deep.equal([401, 'Unauthorized']);
      }
    }
    const right = ['-u', `${gatewayUser.username}:${gatewayUser.password}`];
    expect((await curl(...ca, ...right, `https://localhost:${port}/metrics`)).status).to.equal(200);
    await live.end();
  });

  it('as text and as OpenMetrics, packed or not, is what promtool takes', async () => {
    const port = await freePort();
    const live = await beginLive(args('--listen', `127.0.0.1:${port}`));
    await talker.talk(2, 10);
    const url = `http://127.0.0.1:${port}/metrics`;
    await until('samples were counted', async () =>
      (seriesValue((await curl(url)).body, 'rttshark_samples_total{measurement="tcp_ack_rtt"}') ?? 0) > 20
        ? true
        : undefined,
    );
    const text = await curl('--compressed', url);
    expect(text.headers).to.include({ 'content-encoding': 'gzip' });
    expect(text.headers['content-type']).to.match(/^text\/plain; version=0\.0\.4/);
    const checked = await runCommand(promtoolProgram, ['check', 'metrics'], { stdin: text.body });
    expect([checked.status, checked.stdout + checked.stderr]).to.deep.equal([0, '']);
    const open = await curl('-H', 'Accept: application/openmetrics-text;version=1.0.0', url);
    expect(open.headers['content-type']).to.match(/^application\/openmetrics-text; version=1\.0\.0/);
    expect(open.headers).not.to.have.property('content-encoding');
    expect(open.body).to.match(/\n# EOF\n$/);
    await live.end();
  });

  it('is not ready before packets are captured, and is then', async () => {
    const port = await freePort();
    const fifo = file('fifo');
    expect((await runCommand('mkfifo', [fifo])).status).to.equal(0);
    // Nobody writes into the pipe yet.
    const live = beginLive(['-i', fifo, '--listen', `127.0.0.1:${port}`]);
    const ready = `http://127.0.0.1:${port}/-/ready`;
    const before = await until('the endpoint answered', async () => {
      const answer = await curl(ready);
      return answer.status === 0 ? undefined : answer;
    });
    expect(before.status).to.equal(503);
    expect((await curl(`http://127.0.0.1:${port}/-/healthy`)).status).to.equal(200);
    const writer = spawn('tcpdump', ['-U', '-i', 'lo', '-w', fifo, 'tcp', 'port', String(talker.port)], {
      stdio: 'ignore',
    });
    try {
      await until('it was ready', async () => {
        await talker.talk(1, 2);
        return (await curl(ready)).status === 200 ? true : undefined;
      });
    } finally {
      writer.kill('SIGKILL');
      await once(writer, 'exit');
    }
    await (
      await live
    ).ended;
  });
});
