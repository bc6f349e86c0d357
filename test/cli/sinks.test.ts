import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { snappyUncompress } from 'hysnappy';
import { expect } from 'chai';
import type { AnalysisDocument, AnalysisGroup } from '../../src/report/analysis-document.ts';
import { decodeRequest } from '../metrics/written.ts';
import { runningServers } from '../sinks/running-servers.ts';
import { status, type StubServer } from '../sinks/stub-server.ts';
import { createCertificates } from '../support/certificates.ts';
import { startPushgateway, type Pushgateway } from '../support/pushgateway.ts';
import { fixture, rttshark } from '../support/run-command.ts';
import { startStore, storeKinds, type Store } from '../support/stores.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const capture = fixture('demo.pcap');
const histogram = 'rttshark_tcp_ack_rtt_seconds';

/** The series that a server got, with their labels. */
function received({ received: requests }: StubServer): Record<string, string>[] {
  return requests.flatMap(({ body }) => {
    // The length stands before the block, seven bits a byte.
    let length = 0;
    for (let at = 0; ; at++) {
      length += (body[at]! & 0x7f) * 2 ** (7 * at);
      if (body[at]! < 0x80) break;
    }
    const { series } = decodeRequest({ bytes: snappyUncompress(body, length) });
    return series.map(({ labels }) => Object.fromEntries(labels));
  });
}

describe('command: several sinks', () => {
  const servers = runningServers();
  const inFolder = temporaryFolder();
  let gateway: Pushgateway;
  const stores: Store[] = [];
  before(async () => {
    const [pushgateway, ...started] = await Promise.all([startPushgateway(), ...storeKinds.map(startStore)]);
    gateway = pushgateway;
    stores.push(...started);
  });
  after(async () => {
    await Promise.all([gateway.stop(), ...stores.map((store) => store.remove())]);
  });

  const analyze = (...args: string[]) => rttshark(['analyze', capture, '--format', 'json', ...args]);

  for (const [i, kind] of storeKinds.entries()) {
    it(`have the same, ${kind} among them`, async () => {
      const store = stores[i]!;
      const file = inFolder(`${kind}.prom`);
      const sinks = ['--push', gateway.url, '--remote-write', store.url, '--textfile', file];
      // VictoriaMetrics has what is some seconds old.
      const time = kind === 'Prometheus' ? [] : ['--remote-write-time', 'capture'];
      const { status, stdout, stderr } = await analyze(...sinks, ...time, '--job', kind);
      expect(status, stderr).to.equal(0);
      const { groups, total } = (JSON.parse(stdout) as AnalysisDocument).measurements[0]!;
      const at = kind === 'Prometheus' ? Date.now() / 1000 : total.last_seen! + 1;
      const counts = await store.query(`${histogram}_count{job="${kind}",instance="${os.hostname()}"}`, at);
      const key = (labels: Readonly<Record<string, string>>) =>
        `${labels['src'] ?? ''} ${labels['dst'] ?? ''}`;
      const expected = new Map(groups.map(({ labels, count }: AnalysisGroup) => [key(labels), count]));
      expect(new Map(counts.map(({ metric, value }) => [key(metric), Number(value?.[1])]))).to.deep.equal(
        expected,
      );
      const all = await store.query(`count({job="${kind}"})`, at);
      expect(stderr).to.contain(`Wrote ${all[0]?.value?.[1] ?? ''} series to "${store.url}"`);

      const written = readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith(`${histogram}_`));
      const pushed = (await gateway.metrics()).split('\n').filter((line) => line.includes(`job="${kind}"`));
      expect(written).to.have.length(groups.length * 20);
      expect(pushed.filter((line) => line.startsWith(`${histogram}_`))).to.have.length(written.length);
      expect(statSync(file).mode & 0o777).to.equal(0o644);
    });
  }

  it('fail each by itself: the others are still served, and the first decides the status', async () => {
    const store = await servers.stub(status(400, {}, 'out of order sample'));
    const file = inFolder('still.prom');
    const gone = ['--push', '127.0.0.1:1', '--push-retries', '0'];
    const both = await analyze(...gone, '--remote-write', store.url, '--textfile', file);
    expect(both.status, both.stderr).to.equal(40);
    expect(both.stderr).to.contain('out of order sample').and.contain('127.0.0.1:1');
    expect((JSON.parse(both.stdout) as AnalysisDocument).measurements[0]?.groups).to.have.length(16);
    expect(readFileSync(file, 'utf8')).to.contain(`${histogram}_count`);

    mkdirSync(inFolder('taken.prom'));
    const ok = ['--push', gateway.url, '--job', 'beside'];
    const two = await analyze(...ok, '--remote-write', store.url, '--textfile', inFolder('taken.prom'));
    expect(two.status, two.stderr).to.equal(44);
    expect(two.stderr).to.contain('taken.prom" cannot be written');
    expect((await gateway.groups()).map(({ labels }) => labels['job'])).to.contain('beside');
    const one = await analyze('--textfile', inFolder('taken.prom'));
    expect(one.status).to.equal(2);
    expect(one.stdout).not.to.equal('');
  });

  it('have credentials of their own, which nobody sees', async () => {
    const authority = await createCertificates();
    const store = await servers.stub(status(401, {}, 'no: hidden write secret'), {
      cert: authority.server.cert,
      key: authority.server.key,
    });
    const other = await servers.stub(status(202));
    writeFileSync(inFolder('password'), 'push secret\n');
    const {
      status: ended,
      stdout,
      stderr,
    } = await rttshark(
      [
        ...[
          'analyze',
          capture,
          '--push',
          other.url,
          '--username',
          'pusher',
          '--password-file',
          inFolder('password'),
        ],
        ...['--remote-write', store.url, '--remote-write-username', 'writer'],
        ...[
          '--remote-write-tls-ca',
          authority.authority.certFile,
          '--remote-write-header',
          'X-Scope-OrgID=team',
        ],
      ],
      { env: { RTTSHARK_REMOTE_WRITE_PASSWORD: 'hidden write secret' } },
    );
    expect(ended, stderr).to.equal(43);
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
    expect(store.received[0]?.headers).to.include({
      authorization: basic('writer:hidden write secret'),
      'x-scope-orgid': 'team',
    });
    expect(other.received[0]?.headers.authorization).to.equal(basic('pusher:push secret'));
    expect(`${stdout}${stderr}`).not.to.contain('secret"').and.not.contain('hidden write secret');
  });

  it('have the labels of the group in a remote write', async () => {
    const store = await servers.stub(status(204));
    const args = ['--remote-write', store.url, '--job', 'j', '--no-instance', '--grouping', 'site=a b'];
    expect((await analyze(...args, '--by', 'none')).status).to.equal(0);
    const series = received(store);
    expect(series).to.have.length(22);
    for (const labels of series)
      expect(labels).to.include({ job: 'j', site: 'a b' }).and.not.have.key('instance');
  });

  for (const [args, words] of [
    [['--textfile', 'metrics.txt'], 'does not end in ".prom"'],
    [['--textfile', '/nowhere/at/all/m.prom'], '/nowhere/at/all/m.prom'],
    [['--textfile', 'm.prom', '--histogram', 'native'], 'no native histograms'],
    [['--remote-write', 'http://me:word@store/'], 'holds an "@"'],
    [['--remote-write', 'store', '--remote-write-username', 'me'], 'RTTSHARK_REMOTE_WRITE_PASSWORD'],
    [['--remote-write', 'store', '--grouping', 'le=1'], '"le" is reserved'],
  ] as const) {
    it(`that cannot be are refused before the work: ${args.join(' ')}`, async () => {
      const { status, stdout, stderr } = await analyze(...args);
      expect([status, stdout]).to.deep.equal([2, '']);
      expect(stderr).to.contain(words);
    });
  }

  it('are told of by a dry run', async () => {
    const sinks = ['--remote-write', 'https://store/api/v1/push?token=hidden', '--textfile', '/tmp/m.prom'];
    const { status, stdout } = await analyze('--dry-run', ...sinks);
    expect(status).to.equal(0);
    expect(stdout.split('\n').slice(1)).to.deep.equal([
      '# then remote write to https://store/api/v1/push',
      '# then write /tmp/m.prom',
      '',
    ]);
  });
});
