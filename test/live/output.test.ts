import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import { until } from '../support/deadline.ts';
import { freePort } from '../support/ports.ts';
import { program, runCommand, startCommand } from '../support/run-command.ts';
import { promtoolProgram } from '../support/server-programs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { chatter } from './chatter.ts';
import { seriesValue, sumOf } from './exposition.ts';
import { beginLive, endingCaptures, type LiveCapture } from './running-live.ts';

interface Line {
  readonly measurement: string;
  readonly interval?: { readonly start: number; readonly end: number };
  readonly labels: Readonly<Record<string, string>>;
  readonly count: number;
  readonly since_start?: { readonly count: number };
}

describe('live: output', () => {
  const talker = chatter();
  const file = temporaryFolder();
  endingCaptures();

  const args = (...others: string[]): string[] => [
    ...['-i', 'lo', '-f', `tcp port ${talker.port}`, '--interval', '200ms'],
    ...others,
  ];

  /** Talks until two reports have come since. */
  async function reported(live: LiveCapture): Promise<void> {
    const lines = () => live.output().split('\n').length;
    const before = lines();
    await until('reports came', async () => {
      await talker.talk(1, 5);
      return lines() >= before + 2 ? true : undefined;
    });
  }

  it('as JSON lines, where it is no terminal: those of the intervals add up to those of the whole', async () => {
    const live = await beginLive(args());
    await reported(live);
    const { stdout } = await live.end();
    const lines = stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line);
    const whole = lines.filter(({ interval }) => interval === undefined);
    expect(whole).to.have.length(1);
    const intervals = lines.filter(({ interval }) => interval !== undefined);
    expect(intervals.length).to.be.at.least(2);
    expect(intervals.reduce((sum, { count }) => sum + count, 0)).to.equal(whole[0]!.count);
    expect(intervals.at(-1)!.since_start!.count).to.equal(whole[0]!.count);
    expect(lines.at(-1)).to.equal(whole[0]);
  });

  it('as CSV, JSON and Prometheus text that programs read', async () => {
    const captures = await Promise.all(
      ['csv', 'json', 'prometheus'].map((format) => beginLive(args('--format', format, '--by', 'src'))),
    );
    await reported(captures[0]!);
    await reported(captures[1]!);
    const [csv = '', json = '', prometheus = ''] = (
      await Promise.all(captures.map((capture) => capture.end()))
    ).map(({ stdout }) => stdout);

    const [header = [], ...rows] = csv
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    const column = (name: string) => rows.map((row) => row[header.indexOf(name)]);
    expect(header.slice(0, 4)).to.deep.equal(['measurement', 'src', 'interval_start', 'interval_end']);
    expect(new Set(rows.map((row) => row.length))).to.deep.equal(new Set([header.length]));
    expect(column('interval_end').at(-1)).to.equal('');
    const counts = column('count').map(Number);
    expect(counts.slice(0, -1).reduce((sum, count) => sum + count, 0)).to.equal(counts.at(-1));

    const documents = json
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as AnalysisDocument);
    expect(documents.map((document) => 'interval' in document)).to.deep.equal(
      documents.map((_, at) => at < documents.length - 1),
    );

    const checked = await runCommand(promtoolProgram, ['check', 'metrics'], { stdin: prometheus });
    expect([checked.status, checked.stdout + checked.stderr]).to.deep.equal([0, '']);
    expect(sumOf(prometheus, 'rttshark_tcp_ack_rtt_seconds_count')).to.be.above(0);
  });

  it('on a terminal is drawn in place; the last report stays, and the share of flows is said', async () => {
    const words = args('--duration', '2s', '--sample', '1/2').join("' '");
    const script = `stty cols 120 rows 30; env -u CI '${process.execPath}' '${program}' live '${words}'`;
    const { ended } = startCommand('script', ['-qec', script, '/dev/null'], {
      env: { TERM: 'xterm-256color' },
    });
    const { status, stdout } = await talker.talkWhile(ended);
    expect(status, stdout).to.equal(0);
    const [hidden, shown] = ['\u001b[?25l', '\u001b[?25h'];
    expect(stdout).to.contain(hidden).and.contain(shown);
    expect(stdout.lastIndexOf(shown)).to.be.above(stdout.lastIndexOf(hidden));
    // Drawn more than once, over what stood there.
    expect(stdout.match(/\u001b\[\d*[AF]/g)?.length).to.be.above(1);
    const last = stdout.slice(stdout.lastIndexOf(shown));
    expect(last.replaceAll(/\u001b\[[\d;]*m/g, '')).to.contain(' · 1 flow in 2 · ');
    expect(last).to.match(/tcp_ack_rtt[^]*127\.0\.0\.1[^]*total/);
  });

  it('ends the capture where its reader has seen enough, and nothing else was asked for', async () => {
    const words = args().join("' '");
    const { child, ended } = startCommand('sh', [
      '-c',
      `'${process.execPath}' '${program}' live '${words}' | head -n 1`,
    ]);
    const { status, stdout } = await talker.talkWhile(ended);
    expect(child.exitCode).to.equal(0);
    expect(status).to.equal(0);
    expect((JSON.parse(stdout) as Line).count).to.be.above(0);
  });

  it('to files on a disk that is full goes on, says so once, counts what is lost, and begins again', async function () {
    if (process.getuid?.() !== 0) this.skip();
    const disk = file('disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
    try {
      writeFileSync(`${disk}/filler`, Buffer.alloc(1024 * 1024 - 64 * 1024));
      const listen = `127.0.0.1:${await freePort()}`;
      const live = await beginLive(args('--write', `${disk}/some.pcapng`, '--listen', listen));
      const value = async (name: string) =>
        seriesValue(await (await fetch(`http://${listen}/metrics`)).text(), name)!;
      const lost = () => value('rttshark_ring_lost_packets_total');
      await until('packets were left out', async () => {
        await talker.talk(4, 50);
        return (await lost()) > 0 ? true : undefined;
      });
      expect(live.log('write_failed')).to.have.length(1);
      const samples = () => value('rttshark_samples_total{measurement="tcp_ack_rtt"}');
      const before = await samples();
      await until('samples went on', async () => {
        await talker.talk(1, 5);
        return (await samples()) > before ? true : undefined;
      });
      rmSync(`${disk}/filler`);
      // Not so much that the disk is full again before it is clear that writing works.
      await until(
        'packets were written again',
        async () => {
          await talker.talk(1, 5);
          return live.log('write_recovered').length > 0 ? true : undefined;
        },
        { everyMs: 250, longestMs: 40_000 },
      );
      await live.end();
      expect(live.log('write_failed')).to.have.length(1);
      const read = await runCommand('tshark', ['-r', `${disk}/some.pcapng`, '-c', '1000']);
      expect(read.stdout).to.contain(String(talker.port));
    } finally {
      // Where the test fails, the capture is ended behind this and still has a file there.
      execFileSync('umount', ['--lazy', disk]);
    }
  });
});
