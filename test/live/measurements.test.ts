import { execFileSync } from 'node:child_process';
import { closeSync, createWriteStream, openSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import { until } from '../support/deadline.ts';
import { fixture, program, rttshark, startCommand } from '../support/run-command.ts';
import { sideBySide } from '../support/side-by-side.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { repeatedCapture } from './repeated-capture.ts';
import { endingCaptures, startLive, type LiveCapture } from './running-live.ts';

const services = fixture('recorded-services.pcapng');

async function liveDocument(args: readonly string[]): Promise<AnalysisDocument> {
  const stdin = openSync(services, 'r');
  try {
    const { status, stdout, stderr } = await rttshark(['live', '-i', '-', '--format', 'json', ...args], {
      stdin,
    });
    expect(status, stderr).to.equal(0);
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as AnalysisDocument;
  } finally {
    closeSync(stdin);
  }
}

/** The documents that are whole by now. */
function documents(text: string): AnalysisDocument[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as AnalysisDocument);
}

function intervals(capture: LiveCapture): AnalysisDocument[] {
  return documents(capture.output()).filter(({ interval }) => interval !== undefined);
}

function sampleCount(of: readonly AnalysisDocument[]): number {
  return sumOf(of.flatMap(({ measurements }) => measurements.map(({ total }) => total.count)));
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Of TCP, DNS and HTTP, in the two captures that are repeated. */
const samplesOfEach = 98;

describe('live: measurements', () => {
  const file = temporaryFolder();
  endingCaptures();

  it('are those of the same packets in a file', async () => {
    const asked = [
      ['--measure', 'dns', '--by', 'src,dns_name'],
      ['--measure', 'icmpv6'],
      ['--measure', 'page=http.time', '--by', 'http_host,code=http.response.code'],
    ];
    await sideBySide(asked, async (args) => {
      const { measurements } = await liveDocument(args);
      const file = [program, 'analyze', services, '--format', 'json', ...args];
      const { stdout } = await startCommand(process.execPath, file).ended;
      expect(measurements).to.deep.equal((JSON.parse(stdout) as AnalysisDocument).measurements);
      expect(measurements[0]?.total.count).to.be.above(2);
    });
  });

  it('are several at once, with counters, as in a file: over all tsharks that follow each other', async () => {
    const repeated = repeatedCapture([services, fixture('impairments.pcap')], { everySeconds: 5 });
    execFileSync('mkfifo', [file('fifo')]);
    const asked = ['--measure', 'tcp,dns,http', '--counters', '--format', 'json'];
    const capture = startLive([
      ...['-i', file('fifo'), ...asked, '--interval', '50ms', '--log-level', 'debug'],
      ...['--generation-packets', '200', '--overlap', '10s'],
    ]);
    const fifo = createWriteStream(file('fifo'));
    const written = [repeated.header];
    fifo.write(repeated.header);
    for (let time = 0; capture.log('generation_followed').length < 2; time++) {
      const part = repeated.part(time);
      written.push(part);
      fifo.write(part);
      // Each waits for the one before it: rows of old and new are compared while packets come.
      await until('the samples were reported', () =>
        sampleCount(intervals(capture)) >= time * samplesOfEach ? true : undefined,
      );
    }
    writeFileSync(file('all.pcap'), Buffer.concat(written));
    fifo.end();
    const { status, stdout, stderr } = await capture.ended;
    expect(status, stderr).to.equal(0);
    const followed = capture.log('generation_followed');
    for (const { differences } of followed) expect(differences).to.equal(0);

    const live = documents(stdout);
    const whole = live.at(-1)!;
    const analyzed = await startCommand(process.execPath, [program, 'analyze', file('all.pcap'), ...asked])
      .ended;
    const { measurements, counters } = JSON.parse(analyzed.stdout) as AnalysisDocument;
    expect(whole.measurements).to.deep.equal(measurements);
    expect(whole.counters).to.deep.equal(counters);
    const times = written.length - 1;
    expect(measurements.map(({ total }) => total.count)).to.deep.equal([74 * times, 12 * times, 12 * times]);
    const kinds = counters?.filter(({ total }) => total > 0) ?? [];
    expect(kinds.length).to.be.at.least(4);
    for (const { name, total, groups } of kinds) {
      const ofIntervals = live
        .slice(0, -1)
        .flatMap((document) => document.counters ?? [])
        .filter((counter) => counter.name === name);
      expect(sumOf(ofIntervals.map((counter) => counter.total)), name).to.equal(total);
      expect(sumOf(ofIntervals.flatMap((counter) => counter.groups.map(({ count }) => count)))).to.equal(
        sumOf(groups.map(({ count }) => count)),
      );
    }
  });

  it('have a histogram each, and counters beside them', async () => {
    const stdin = openSync(fixture('impairments.pcap'), 'r');
    const args = [
      '--measure',
      'tcp,dns',
      '--counters',
      '--format',
      'prometheus',
      '--label-names',
      'src=host',
    ];
    const live = await rttshark(['live', '-i', '-', ...args], { stdin });
    closeSync(stdin);
    const { stdout } = await rttshark(['analyze', fixture('impairments.pcap'), ...args], { stdin: '' });
    const shared = (text: string) =>
      text
        .split('\n')
        .filter((line) => /rttshark_(tcp_|dns_|samples)/.test(line) && !line.startsWith('# HELP'));
    expect(shared(live.stdout)).to.deep.equal(shared(stdout));
    expect(live.stdout).to.match(/^rttshark_tcp_retransmissions_total\{host="[^"]+",dst="[^"]+"\} \d+$/m);
    expect(live.stdout).to.contain('# TYPE rttshark_dns_time_seconds histogram');
    expect(live.stdout).to.contain('rttshark_samples_total{measurement="dns_time"} 0');
  });

  const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      'several under one name',
      ['--measure', 'tcp,dns', '--metric-name', 'rtt_seconds'],
      /A metric name is for one histogram/,
    ],
    ['what is taken once a connection', ['--measure', 'handshake'], /cannot be measured live/],
    ['names of hosts', ['--by', 'src_name'], /cannot be grouped by "src_name"/],
  ];
  for (const [what, args, message] of refused) {
    it(`are not ${what}`, async () => {
      const { status, stderr } = await rttshark(['live', '-i', '-', ...args], { stdin: '' });
      expect(status).to.equal(2);
      expect(stderr).to.match(message);
    });
  }
});
