import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { tcpEvents } from '../../src/measure/packet-counter.ts';
import { presets } from '../../src/measure/presets.ts';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import { fixture, rttshark } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const services = fixture('recorded-services.pcapng');
const impairments = fixture('impairments.pcap');

async function output(...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await rttshark(args);
  expect([status, stderr]).to.deep.equal([0, '']);
  return stdout;
}

describe('rttshark measurements', () => {
  const file = temporaryFolder();

  it('lists what can be measured, and what this tshark knows of it', async () => {
    const [table, json] = await Promise.all([
      output('measurements'),
      output('measurements', '--format', 'json'),
    ]);
    const document = JSON.parse(json) as { schema: string; measurements: Record<string, unknown>[] };
    expect(document.schema).to.equal('rttshark.measurements/1');
    expect(document.measurements.map(({ measure, known }) => [measure, known])).to.deep.equal(
      presets.map(({ preset }) => [preset, true]),
    );
    expect(document.measurements.find(({ measure }) => measure === 'icmp')).to.deep.equal({
      measure: 'icmp',
      name: 'icmp_resptime',
      field: 'icmp.resptime',
      field_unit: 'milliseconds',
      filter: null,
      labels: [],
      metric: 'rttshark_icmp_resptime_seconds',
      title: 'time from an ICMP echo request to its reply',
      known: true,
    });
    expect(
      table
        .split('\n')
        .slice(1, -1)
        .map((line) => line.split(' ')[0]),
    ).to.deep.equal(presets.map(({ preset }) => preset));
  });

  it('become summaries where that is declared, with the quantiles of the results', async () => {
    const config = file('summary.yaml');
    writeFileSync(
      config,
      'measurements:\n  - { name: lookup, field: dns.time, metric: summary }\nmeasure: lookup\nby: src\n',
    );
    const from = ['--config', config];
    const text = await output('analyze', services, ...from, '--format', 'prometheus');
    const { status, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
    expect([status, stderr]).to.deep.equal([0, '']);
    expect(text).to.contain('# TYPE rttshark_lookup_seconds summary\n').and.not.contain('_bucket');
    const json = JSON.parse(
      await output('analyze', services, ...from, '--format', 'json'),
    ) as AnalysisDocument;
    const { groups } = json.measurements[0]!;
    expect(groups).not.to.be.empty;
    for (const { labels, count, p50, p90, p95, p99 } of groups) {
      for (const [quantile, value] of Object.entries({ '0.5': p50, '0.9': p90, '0.95': p95, '0.99': p99 })) {
        const series = `rttshark_lookup_seconds{src="${labels['src']}",quantile="${quantile}"} ${value}\n`;
        expect(text).to.contain(series);
      }
      expect(text).to.contain(`rttshark_lookup_seconds_count{src="${labels['src']}"} ${count}\n`);
    }
    const live = await rttshark(['live', '-i', '-', ...from]);
    expect([live.status, live.stderr]).to.satisfy(
      ([code, words]: [number, string]) => code === 2 && words.includes('it is to be a summary'),
    );
  });

  it('are taken from the configuration file too, and measured', async () => {
    const config = file('rttshark.yaml');
    writeFileSync(
      config,
      'measurements:\n  - { name: lookup, field: dns.time, filter: udp, labels: { asked: dns_name } }\nmeasure: lookup\n',
    );
    const listed = await output('measurements', '--config', config);
    expect(listed).to.match(/^lookup +dns\.time and \(udp\) /m);
    expect(await output('config', 'check', config)).to.include('is right');
    const csv = await output('analyze', services, '--config', config, '--by', 'src', '--format', 'csv');
    expect(csv)
      .to.match(/^measurement,src,asked,count/)
      .and.to.match(/^lookup,10\.77\.0\.5,www\.example\.org,2,/m);
  });
});

describe('several measurements', () => {
  const measure = ['--measure', 'tcp,dns,icmp', '--counters'];

  it('are one Prometheus text that promtool takes', async () => {
    const text = await output('analyze', services, impairments, ...measure, '--format', 'prometheus');
    const types = Array.from(text.matchAll(/^# TYPE (\S+) (\S+)$/gm), ([, name, type]) => `${name} ${type}`);
    expect(types).to.deep.equal([
      'rttshark_tcp_ack_rtt_seconds histogram',
      'rttshark_dns_time_seconds histogram',
      'rttshark_icmp_resptime_seconds histogram',
      ...tcpEvents.map(({ name }) => `rttshark_${name}_total counter`),
      'rttshark_samples_total counter',
    ]);
    expect(text).to.include('rttshark_tcp_retransmissions_total{src="10.1.0.1",dst="10.1.0.10"} 1\n');
    expect(text).to.include('rttshark_samples_total{measurement="dns_time"} 12\n');
    const { status, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
    expect([status, stderr]).to.deep.equal([0, '']);
  });

  it('have a table each, and one of what was counted', async () => {
    const table = await output('analyze', impairments, ...measure);
    const titles = table.split('\n\n').flatMap((part) => part.split('\n')[0] ?? []);
    expect(titles.map((title) => title.split(' ')[0])).to.include.members([
      'tcp_ack_rtt',
      'dns_time',
      'packets',
    ]);
    expect(table).to.match(/^src +dst +retransmissions +spurious retransmissions +duplicate acks/m);
    expect(table).to.match(/^10\.1\.0\.1 +10\.1\.0\.10 +1 +1 +3/m);
  });

  it('have lines of their own in JSON lines and CSV, and keys of their own in JSON', async () => {
    const run = (format: string) =>
      output('analyze', impairments, '--measure', 'tcp,handshake', '--counters', '--format', format);
    const [lines, csv, json] = await Promise.all([run('jsonl'), run('csv'), run('json')]);
    const counted = lines
      .split('\n')
      .filter((line) => line.startsWith('{"counter"'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(counted[0]).to.deep.equal({
      counter: 'tcp_retransmissions',
      labels: { src: '10.1.0.1', dst: '10.1.0.10' },
      count: 1,
    });
    expect(csv).to.match(/^tcp_duplicate_acks,10\.1\.0\.1,10\.1\.0\.10,3,{11}$/m);
    const document = JSON.parse(json) as {
      measurements: { name: string }[];
      counters: { name: string; total: number }[];
    };
    expect(document.measurements.map(({ name }) => name)).to.deep.equal(['tcp_ack_rtt', 'tcp_initial_rtt']);
    expect(document.counters.find(({ name }) => name === 'tcp_duplicate_acks')?.total).to.equal(4);
    expect(document.counters.map(({ name }) => name)).to.deep.equal(tcpEvents.map(({ name }) => name));
  });

  it('are held against budgets, each of them', async () => {
    const { status, stdout } = await rttshark([
      ...['check', services, '--measure', 'dns,icmp', '--by', 'none', '--max', 'p99=1ms'],
    ]);
    expect(status).to.equal(3);
    expect(stdout)
      .to.match(/icmp_resptime.*≤ 1 ms/)
      .and.to.match(/dns_time.*> 1 ms/);
  });

  it('share no name and no help text, and say so before the work', async () => {
    for (const option of ['--metric-name', '--metric-help']) {
      const { status, stderr } = await rttshark(['analyze', services, '--measure', 'tcp,dns', option, 'x']);
      expect(status).to.equal(2);
      expect(stderr).to.include('is for one histogram, and there are 2');
    }
  });

  it('are one tshark, with every field and one filter', async () => {
    const line = await output('analyze', services, '--measure', 'tcp,dns', '-Y', 'ip', '--dry-run');
    expect(line.trim().split('\n')).to.have.length(1);
    expect(line).to.include("'((tcp.analysis.ack_rtt) or (dns.time)) and (ip)'");
  });

  it('leave what is printed without them as it was', () => {
    const [plain, named] = [[], ['--measure', 'tcp']].map((more) =>
      execFileSync(process.execPath, [
        'bin/rttshark.js',
        'analyze',
        impairments,
        '--format',
        'json',
        ...more,
      ]),
    );
    expect(plain?.toString()).to.equal(named?.toString());
  });
});

describe('a note', () => {
  it('tells of groups that were made one', async () => {
    const { stderr, stdout } = await rttshark(['analyze', services, '--max-groups', '1', '--format', 'csv']);
    expect(stderr).to.match(/Of "tcp_ack_rtt", the \d+ smallest groups are one, "other"/);
    expect(stdout).to.match(/^tcp_ack_rtt,other,other,/m);
  });
});
