import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { expect } from 'chai';
import fc from 'fast-check';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import { eventually } from '../sinks/eventually.ts';
import { createCertificates, type Certificates } from '../support/certificates.ts';
import { isClose } from '../support/expect-groups.ts';
import { plainFigures, plainTshark } from '../support/plain-tshark.ts';
import { gatewayUser, startPushgateway, type Pushgateway } from '../support/pushgateway.ts';
import { fixture, rttshark, type CommandResult } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const capture = fixture('demo.pcap');
const small = fixture('ipv4.pcap');

/** The value of the one series with a name and labels, whatever their order. */
function seriesValue(text: string, name: string, labels: Readonly<Record<string, string>>): number {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const found = text.split('\n').filter((line) => {
    return line.startsWith(`${name}{`) && wanted.every((each) => line.includes(each));
  });
  expect(found, `${name} ${wanted.join()}`).to.have.length(1);
  return Number(found[0]?.split(' ').at(-1));
}

describe('command: push', () => {
  let gateway: Pushgateway;
  before(async () => {
    gateway = await startPushgateway();
  });
  after(() => gateway.stop());

  const push = (...args: string[]): Promise<CommandResult> =>
    rttshark(['analyze', small, '--format', 'json', '--push', gateway.url, ...args]);
  const labelsOfJob = async (job: string): Promise<Readonly<Record<string, string>>[]> =>
    (await gateway.groups()).map(({ labels }) => labels).filter((labels) => labels['job'] === job);

  it('has the host name for its instance and rttshark for its job, unless told otherwise', async () => {
    const { status, stdout, stderr } = await push();
    expect(status, stderr).to.equal(0);
    expect((JSON.parse(stdout) as AnalysisDocument).measurements[0]?.total.count).to.equal(10);
    expect(stderr).to.contain('Pushed 10 samples').and.contain(gateway.url);
    expect(await labelsOfJob('rttshark')).to.deep.equal([{ job: 'rttshark', instance: os.hostname() }]);
    const [group] = await gateway.groups();
    expect(group?.metrics).to.deep.equal([
      'rttshark_last_success_timestamp_seconds',
      'rttshark_samples_total',
      'rttshark_tcp_ack_rtt_seconds',
    ]);
    await push('--job', 'none', '--no-instance');
    await push('--job', 'named', '--instance', 'probe 7');
    await push('--job', 'grouped', '--grouping', 'instance=by grouping');
    expect(await labelsOfJob('none')).to.deep.equal([{ job: 'none' }]);
    expect(await labelsOfJob('named')).to.deep.equal([{ job: 'named', instance: 'probe 7' }]);
    expect(await labelsOfJob('grouped')).to.deep.equal([{ job: 'grouped', instance: 'by grouping' }]);
  });

  it('has grouping values of any kind arrive as given', async () => {
    const awkward = {
      slash: 'a/b',
      blank: 'a b',
      percent: '100%2F',
      letters: 'Zürich ☃',
      empty: '',
      equals: 'a=b',
    };
    const flags = Object.entries(awkward).flatMap(([name, value]) => ['--grouping', `${name}=${value}`]);
    const { status, stderr } = await push('--job', 'odd/ job %', '--no-instance', ...flags);
    expect(status, stderr).to.equal(0);
    expect(await labelsOfJob('odd/ job %')).to.deep.equal([{ job: 'odd/ job %', ...awkward }]);
    const value = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('\0'));
    for (const [at, text] of fc.sample(value, 5).entries()) {
      const job = `property ${at}`;
      const pushed = await push('--job', job, '--no-instance', '--grouping', `value=${text}`);
      expect(pushed.status, pushed.stderr).to.equal(0);
      expect(await labelsOfJob(job)).to.deep.equal([{ job, value: text }]);
    }
  });

  it('replaces a group by put, and adds to it by post', async () => {
    const group = ['--job', 'methods', '--no-instance', '--no-own-metrics'];
    const metricsOf = async (): Promise<readonly string[] | undefined> =>
      (await gateway.groups()).find(({ labels }) => labels['job'] === 'methods')?.metrics;
    await push(...group, '--metric-name', 'one_seconds');
    await push(
      ...group,
      '--metric-name',
      'two_seconds',
      '--push-method',
      'post',
      '--push-compression',
      'none',
    );
    expect(await metricsOf()).to.deep.equal(['one_seconds', 'two_seconds']);
    await push(...group, '--metric-name', 'three_seconds');
    expect(await metricsOf()).to.deep.equal(['three_seconds']);
  });

  it('of a capture that is cut short pushes what there is, without a success', async () => {
    const args = ['analyze', fixture('cut-in-packet.pcap'), '--push', gateway.url, '--job', 'cut'];
    const { status, stderr } = await rttshark(args);
    expect(status, stderr).to.equal(26);
    const metrics = (await gateway.groups()).find(({ labels }) => labels['job'] === 'cut')?.metrics;
    expect(metrics).to.deep.equal(['rttshark_samples_total', 'rttshark_tcp_ack_rtt_seconds']);
  });

  it('can be taken back by delete, which leaves other groups alone', async () => {
    await push('--job', 'gone', '--no-instance', '--grouping', 'zone=a/b');
    await push('--job', 'gone', '--no-instance', '--grouping', 'zone=');
    const deleted = await rttshark([
      ...['delete', '--push', gateway.url, '--job', 'gone', '--no-instance', '--grouping', 'zone=a/b'],
    ]);
    expect(deleted.status, deleted.stderr).to.equal(0);
    expect(deleted.stdout).to.equal('');
    expect(deleted.stderr).to.contain('Deleted the group').and.contain('/job/gone/');
    await eventually(async () => {
      expect(await labelsOfJob('gone')).to.deep.equal([{ job: 'gone', zone: '' }]);
    });
    expect(await labelsOfJob('named')).to.have.length(1);
  });

  it('is shown, not done, in a dry run', async () => {
    const { status, stdout, stderr } = await push('--job', 'dry', '--grouping', 'a=b/c', '--dry-run');
    expect(status, stderr).to.equal(0);
    expect(stdout).to.contain(`# then PUT ${gateway.url}/metrics/job/dry/`);
    expect(await labelsOfJob('dry')).to.deep.equal([]);
  });
});

describe('command: push over mutual TLS with a password', () => {
  const file = temporaryFolder();
  let certificates: Certificates;
  let gateway: Pushgateway;
  before(async () => {
    certificates = await createCertificates();
    gateway = await startPushgateway({ mutualTls: certificates, basicAuth: true });
    writeFileSync(file('password'), `${gatewayUser.password}\n`);
  });
  after(async () => {
    await gateway.stop();
    await certificates.remove();
  });

  /** All that it takes, with some of it changed, or left away where undefined. */
  const secure = (changed: Readonly<Record<string, string | undefined>> = {}): string[] => {
    const options: Readonly<Record<string, string | undefined>> = {
      '--push': gateway.url,
      '--username': gatewayUser.username,
      '--password-file': file('password'),
      '--tls-ca': certificates.authority.certFile,
      '--tls-cert': certificates.client.certFile,
      '--tls-key': certificates.client.keyFile,
      ...changed,
    };
    return Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
  };

  it('is read back with the right sums and counts in every bucket', async () => {
    const bounds = [0.0001, 0.001, 0.01, 0.1, 1];
    const buckets = ['--buckets', bounds.join()];
    const [{ status, stderr }, samples] = await Promise.all([
      rttshark(['analyze', capture, ...secure(), ...buckets, '--no-instance', '--job', 'mutual']),
      plainTshark(capture),
    ]);
    expect(status, stderr).to.equal(0);
    const served = await gateway.metrics();
    const name = 'rttshark_tcp_ack_rtt_seconds';
    const groups = plainFigures(samples);
    expect(groups.size).to.equal(16);
    for (const [key, { count, sum }] of groups) {
      const [src = '', dst = ''] = key.split(' ');
      const labels = { src, dst, job: 'mutual' };
      const values = samples
        .filter((each) => each.src === src && each.dst === dst)
        .map(({ value }) => Number(value));
      expect(seriesValue(served, `${name}_count`, labels)).to.equal(count);
      expect(seriesValue(served, `${name}_sum`, labels)).to.satisfy((value: number) => isClose(value, sum));
      for (const bound of bounds) {
        const below = values.filter((value) => value <= bound).length;
        const le = String(bound);
        expect(seriesValue(served, `${name}_bucket`, { ...labels, le }), `${key} ${le}`).to.equal(below);
      }
      expect(seriesValue(served, `${name}_bucket`, { ...labels, le: '+Inf' })).to.equal(count);
    }
  });

  it('takes the password and the passphrase of the key from the environment', async () => {
    const withKey = secure({ '--password-file': undefined, '--tls-key': certificates.encryptedKeyFile });
    const env = {
      RTTSHARK_PASSWORD: gatewayUser.password,
      RTTSHARK_TLS_KEY_PASSPHRASE: certificates.passphrase,
    };
    const { status, stderr } = await rttshark(['analyze', small, ...withKey, '--job', 'variables'], { env });
    expect(status, stderr).to.equal(0);
    const deleted = await rttshark(['delete', ...withKey, '--job', 'variables'], { env });
    expect(deleted.status, deleted.stderr).to.equal(0);
    await eventually(async () => {
      expect((await gateway.groups()).map(({ labels }) => labels['job'])).not.to.include('variables');
    });
  });

  it('says which part of it is wrong: 42 for TLS, 43 for credentials', async () => {
    writeFileSync(file('wrong'), 'hunter2\n');
    const cases: readonly (readonly [args: string[], status: number, words: string])[] = [
      [secure({ '--tls-ca': undefined }), 42, 'authority'],
      [secure({ '--tls-ca': certificates.stranger.certFile }), 42, 'authority'],
      [secure({ '--tls-server-name': 'gateway.example' }), 42, 'another name'],
      [secure({ '--tls-cert': undefined, '--tls-key': undefined }), 42, 'client certificate'],
      [secure({ '--password-file': file('wrong') }), 43, 'refused the credentials'],
      [secure({ '--username': undefined, '--password-file': undefined }), 43, 'none were given'],
    ];
    for (const [args, expected, words] of cases) {
      const { status, stdout, stderr } = await rttshark(['analyze', small, '--format', 'json', ...args]);
      expect(status, stderr).to.equal(expected);
      expect(stderr).to.contain(words).and.contain(gateway.url).and.not.contain('hunter2');
      expect((JSON.parse(stdout) as AnalysisDocument).measurements[0]?.total.count).to.equal(10);
    }
    const skipped = await rttshark([
      'analyze',
      small,
      ...secure({ '--tls-ca': undefined }),
      '--tls-skip-verify',
    ]);
    expect(skipped.status, skipped.stderr).to.equal(0);
    expect(skipped.stderr).to.contain('is not checked');
  });
});
