import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { readWebConfig } from '../../src/sinks/web-config.ts';
import { createCertificates, type Certificates } from '../support/certificates.ts';
import { until } from '../support/deadline.ts';
import { freePort } from '../support/ports.ts';
import { gatewayUser } from '../support/pushgateway.ts';
import { prometheusProgram } from '../support/server-programs.ts';
import { endpoints, stubSource } from './scrape-endpoint.ts';

interface Target {
  readonly labels: Readonly<Record<string, string>>;
  readonly health: string;
  readonly lastError: string;
}

describe('a scrape endpoint and Prometheus', () => {
  const start = endpoints();
  let certificates: Certificates;
  let folder: string;
  let prometheus: ChildProcess | undefined;
  before(async () => {
    certificates = await createCertificates();
    folder = await mkdtemp(path.join(tmpdir(), 'rttshark-prometheus-'));
  });
  afterEach(async () => {
    if (prometheus?.exitCode === null) {
      const ended = once(prometheus, 'exit');
      prometheus.kill('SIGKILL');
      await ended;
    }
  });
  after(async () => {
    await certificates.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('is scraped over TLS with a client certificate and a password, and by nobody else', async () => {
    const { server, authority, client } = certificates;
    await writeFile(
      path.join(folder, 'web.yml'),
      [
        'tls_server_config:',
        `  cert_file: ${server.certFile}`,
        `  key_file: ${server.keyFile}`,
        '  client_auth_type: RequireAndVerifyClientCert',
        `  client_ca_file: ${authority.certFile}`,
        `basic_auth_users: {${gatewayUser.username}: ${gatewayUser.passwordHash}}`,
      ].join('\n'),
    );
    const accepts: string[] = [];
    const source = stubSource();
    const { port, warnings } = await start({
      webConfig: await readWebConfig(path.join(folder, 'web.yml')),
      source: {
        ...source,
        metrics: (format) => {
          accepts.push(format);
          return source.metrics(format);
        },
      },
    });
    const job = (name: string, password: string, certified: boolean): unknown => ({
      job_name: name,
      scheme: 'https',
      scrape_interval: '200ms',
      scrape_timeout: '200ms',
      basic_auth: { username: gatewayUser.username, password },
      tls_config: {
        ca_file: authority.certFile,
        ...(certified && { cert_file: client.certFile, key_file: client.keyFile }),
      },
      static_configs: [{ targets: [`localhost:${port}`] }],
    });
    const jobs = [
      job('good', gatewayUser.password, true),
      job('wrong', 'hunter2', true),
      job('anonymous', gatewayUser.password, false),
    ];
    // JSON is YAML.
    await writeFile(path.join(folder, 'prometheus.yml'), JSON.stringify({ scrape_configs: jobs }));
    const own = await freePort();
    prometheus = spawn(
      prometheusProgram,
      [
        `--config.file=${path.join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${path.join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${own}`,
        '--log.level=error',
      ],
      { stdio: 'ignore' },
    );
    const api = async <T>(query: string): Promise<T | undefined> => {
      const answer = await fetch(`http://127.0.0.1:${own}/api/v1/${query}`).catch(() => undefined);
      return answer?.ok === true ? ((await answer.json()) as { data: T }).data : undefined;
    };
    const valueOf = async (query: string): Promise<string | undefined> => {
      const data = await api<{ result: { value: [number, string] }[] }>(`query?query=${query}`);
      return data?.result[0]?.value[1];
    };
    await until('Prometheus had scraped', async () =>
      (await valueOf('up{job="good"}')) === '1' && (await valueOf('probe')) === '1' ? true : undefined,
    );
    const targets = await until('Prometheus had tried the other jobs', async () => {
      const data = await api<{ activeTargets: Target[] }>('targets');
      return data?.activeTargets.every(({ health }) => health !== 'unknown') === true
        ? data.activeTargets
        : undefined;
    });
    const errorOf = (name: string): string =>
      targets.find(({ labels }) => labels['job'] === name)?.lastError ?? 'no such target';
    expect(errorOf('good')).to.equal('');
    expect(errorOf('wrong')).to.contain('401 Unauthorized');
    expect(errorOf('anonymous')).not.to.equal('');
    expect(new Set(accepts)).to.deep.equal(new Set(['openmetrics']));
    expect(warnings).to.deep.equal([]);
  });
});
