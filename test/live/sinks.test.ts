import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import { runningServers } from '../sinks/running-servers.ts';
import { until } from '../support/deadline.ts';
import { freePort } from '../support/ports.ts';
import { startStore, storeKinds, type Store } from '../support/stores.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { chatter } from './chatter.ts';
import { sumOf } from './exposition.ts';
import { beginLive, endingCaptures } from './running-live.ts';

const histogram = 'rttshark_tcp_ack_rtt_seconds';

function samplesAtTheEnd(stdout: string): number {
  const last = JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as AnalysisDocument;
  return last.measurements[0]!.total.count;
}

describe('live: remote writes and text files', () => {
  const talker = chatter();
  const servers = runningServers();
  const inFolder = temporaryFolder();
  endingCaptures();
  let store: Store | undefined;
  afterEach(async () => {
    await store?.remove();
    store = undefined;
  });

  const args = (...others: string[]): string[] => [
    ...[
      '-i',
      'lo',
      '-f',
      `tcp port ${talker.port}`,
      '--interval',
      '200ms',
      '--format',
      'json',
      '--by',
      'src',
    ],
    ...others,
  ];

  for (const kind of storeKinds) {
    it(`lose nothing while ${kind} is away, and end their series`, async () => {
      store = await startStore(kind);
      const port = await freePort();
      const live = await beginLive(
        args('--remote-write', store.url, '--job', 'live', '--no-instance', '--listen', `127.0.0.1:${port}`),
      );
      const own = async (name: string) => {
        return sumOf(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text(), name);
      };
      await talker.talk(2, 20);
      await until('something was written', async () =>
        (await own('rttshark_remote_write_samples_total')) > 0 ? true : undefined,
      );
      await store.stop();
      await live.logged('remote_write_failed');
      await talker.talk(2, 20);
      await until('writes of several intervals waited', async () =>
        (await own('rttshark_remote_write_pending_samples')) > 300 ? true : undefined,
      );
      await store.start();
      await live.logged('remote_write_recovered');
      await talker.talk(2, 20);
      const { stdout } = await live.end();
      const samples = samplesAtTheEnd(stdout);
      expect(samples).to.be.above(100);
      expect(live.log('remote_write_failed')).to.have.length(1);
      expect(live.log('remote_write_dropped')).to.have.length(0);

      const counts = await store.samples(`${histogram}_count{job="live"}`);
      const observed = await store.samples('rttshark_samples_total{job="live"}');
      expect(counts).to.have.length(1);
      for (const [series] of [counts, observed]) {
        const values = series!.values.map(([, text]) => Number(text));
        expect(values[0]).to.equal(0);
        expect(values.at(-1)).to.equal(samples);
        expect(values).to.deep.equal([...values].sort((a, b) => a - b));
      }
      // One for each interval: none is missing but where the machine was too busy for it, and none is there twice.
      const times = observed[0]!.values.map(([time]) => time);
      expect(new Set(times).size).to.equal(times.length);
      expect(times.length).to.be.above(6);
      expect(await store.query('count({job="live"})', times.at(-1))).to.have.length(1);
      // Without a mark of their end they would go on for five minutes.
      await until('all series had ended', async () =>
        (await store!.query('count({job="live"})')).length === 0 ? true : undefined,
      );
    });
  }

  it('count what a store refuses, and what is dropped while it is away', async () => {
    let code = 400;
    const server = await servers.stub((_got, response) => {
      response.writeHead(code).end('no');
    });
    const file = inFolder('own.prom');
    const sinks = [
      '--remote-write',
      server.url,
      '--remote-write-queue',
      '3kB',
      '--remote-write-retries',
      '0',
    ];
    const live = await beginLive(args(...sinks, '--textfile', file));
    // Not there before the first interval.
    const own = () => (existsSync(file) ? readFileSync(file, 'utf8') : '');
    await until('some were refused', () =>
      server.received.length > 1 && own().includes('failed_samples_total{code="gateway_refused"}')
        ? true
        : undefined,
    );
    code = 503;
    await live.logged('remote_write_dropped');
    await until('they were counted', () =>
      sumOf(own(), 'rttshark_remote_write_dropped_samples_total') > 0 ? true : undefined,
    );
    live.child.kill('SIGINT');
    const { status, stderr } = await live.ended;
    expect(status, stderr).to.equal(40);
  });

  it('write a text file at each interval, go on where that fails, and leave the last one', async () => {
    const folder = inFolder('collector');
    await mkdir(folder);
    const file = path.join(folder, 'rtt.prom');
    const live = await beginLive(args('--textfile', file));
    await talker.talk(1, 10);
    await until('it had samples', () =>
      existsSync(file) && sumOf(readFileSync(file, 'utf8'), `${histogram}_count`) > 0 ? true : undefined,
    );
    await rename(folder, inFolder('moved'));
    expect((await live.logged('textfile_failed')).message).to.contain(file);
    await mkdir(folder);
    await live.logged('textfile_recovered');
    await talker.talk(1, 10);
    const { stdout } = await live.end();
    expect(sumOf(readFileSync(file, 'utf8'), `${histogram}_count`)).to.equal(samplesAtTheEnd(stdout));
  });
});
