import { closeSync, openSync } from 'node:fs';
import { expect } from 'chai';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import { until } from '../support/deadline.ts';
import { plainTshark } from '../support/plain-tshark.ts';
import { startPrometheus, type AnsweredExemplar, type Prometheus } from '../support/prometheus.ts';
import { startPushgateway, type Pushgateway } from '../support/pushgateway.ts';
import { fixture, rttshark, runCommand } from '../support/run-command.ts';

const metric = 'rttshark_tcp_ack_rtt_seconds';
const capture = fixture('demo.pcap');

describe('analyze --push to a Pushgateway that a Prometheus scrapes', () => {
  let gateway: Pushgateway;
  let prometheus: Prometheus;
  let values: number[];
  before(async () => {
    values = (await plainTshark(capture)).map(({ value }) => Number(value)).sort((a, b) => a - b);
    gateway = await startPushgateway();
    prometheus = await startPrometheus(gateway.port);
  });
  after(async () => {
    await prometheus.stop();
    await gateway.stop();
  });

  /** Pushes as a job; gives what was printed. */
  async function push(job: string, ...args: string[]): Promise<AnalysisDocument> {
    const to = ['--push', gateway.url, '--job', job, '--no-instance', '--format', 'json'];
    const { status, stdout, stderr } = await rttshark(['analyze', capture, ...to, ...args]);
    expect(status, stderr).to.equal(0);
    return JSON.parse(stdout) as AnalysisDocument;
  }

  /** The answer for each pair of hosts. */
  async function byPair(promql: string, pairs: number): Promise<Map<string, number>> {
    const answers = await until(`Prometheus answered ${promql}`, async () => {
      const found = await prometheus.query(promql);
      return found.length >= pairs ? found : undefined;
    });
    return new Map(
      answers.map(({ metric: labels, value }) => [
        `${labels['src'] ?? ''} ${labels['dst'] ?? ''}`,
        Number(value?.[1]),
      ]),
    );
  }

  /** The two samples between which a quantile lies. */
  function besides(q: number): [number, number] {
    const rank = Math.floor(q * (values.length - 1));
    return [values[rank]!, values[rank + 1]!];
  }

  for (const [schema, growth] of [
    ['3', 2 ** (1 / 8)],
    ['8', 2 ** (1 / 256)],
  ] as const) {
    it(`gives quantiles within a bucket's width of the exact ones, with schema ${schema}`, async () => {
      const job = `native${schema}`;
      const args = ['--histogram', 'native', '--native-schema', schema, '--native-buckets', '5000'];
      const { groups, total } = (await push(job, ...args)).measurements[0]!;
      const selected = `${metric}{job="${job}"}`;
      const counts = await byPair(`histogram_count(${selected})`, groups.length);
      expect(counts).to.deep.equal(
        new Map(groups.map(({ labels, count }) => [`${labels['src'] ?? ''} ${labels['dst'] ?? ''}`, count])),
      );
      // Together they are the histogram of all, which is exact merging on Prometheus' side.
      for (const q of [50, 90, 95, 99] as const) {
        const answer = await byPair(`histogram_quantile(${q / 100}, sum(${selected}))`, 1);
        // With buckets as narrow as samples are far from each other, ranks are told apart, which each counts in its way.
        const [below, above] = schema === '3' ? [total[`p${q}`]!, total[`p${q}`]!] : besides(q / 100);
        expect(answer.get(' '), `p${q}`).to.be.within(below / growth, above * growth);
      }
    });
  }

  /** What tshark, driven by hand, says of the frame that an exemplar names. */
  async function expectFrame({ labels, value }: AnsweredExemplar): Promise<void> {
    const { frame = '', stream = '', file = '' } = labels;
    const fields = ['-T', 'fields', '-e', 'tcp.stream', '-e', 'tcp.analysis.ack_rtt'];
    const { stdout } = await runCommand('tshark', [
      '-n',
      '-r',
      file,
      '-Y',
      `frame.number == ${frame}`,
      ...fields,
    ]);
    const [tsharkStream, rtt] = stdout.trimEnd().split('\t');
    expect([tsharkStream, Number(rtt)], JSON.stringify(labels)).to.deep.equal([stream, value]);
  }

  it('with exemplars on a native histogram leads from the slowest sample to its frame', async () => {
    const { total } = (await push('spike', '--by', 'none', '--histogram', 'native', '--exemplars'))
      .measurements[0]!;
    const exemplars = await until('Prometheus had the exemplar', async () => {
      const found = await prometheus.exemplars(`${metric}{job="spike"}`);
      return found.some(({ value }) => value === total.max) ? found : undefined;
    });
    for (const exemplar of exemplars) {
      expect(exemplar.labels['file']).to.equal(capture);
      await expectFrame(exemplar);
    }
  });

  // Prometheus 2.42 takes a whole family for classic where its first histogram is.
  const named = ['--metric-name', 'rttshark_classic_seconds'];

  it('with exemplars on classic buckets leads from each bucket to a frame', async () => {
    await push('classic', '--by', 'none', '--exemplars', '--buckets', '50us,1ms,100ms,1s', ...named);
    const exemplars = await until('Prometheus had exemplars of all buckets', async () => {
      const found = await prometheus.exemplars('rttshark_classic_seconds_bucket{job="classic"}');
      return new Set(found.map(({ series }) => series['le'])).size === 5 ? found : undefined;
    });
    for (const exemplar of exemplars) {
      expect(exemplar.value).to.be.at.most(Number((exemplar.series['le'] ?? '').replace('+Inf', 'Infinity')));
      await expectFrame(exemplar);
    }
  });

  it('of a live capture leads from the latest samples to their packets by time', async () => {
    const packets = openSync(capture, 'r');
    const to = ['--push', gateway.url, '--job', 'live', '--no-instance', '--format', 'json', '--by', 'none'];
    const args = ['live', '-i', '-', ...to, '--histogram', 'native', '--exemplars'];
    const { status, stdout, stderr } = await rttshark(args, { stdin: packets });
    closeSync(packets);
    expect(status, stderr).to.equal(0);
    const document = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as AnalysisDocument;
    const { count, p95 } = document.measurements[0]!.total;
    expect(await byPair(`histogram_count(${metric}{job="live"})`, 1)).to.deep.equal(new Map([[' ', count]]));
    const answer = await byPair(`histogram_quantile(0.95, ${metric}{job="live"})`, 1);
    expect(answer.get(' ')).to.be.within(p95! / 2 ** (1 / 8), p95! * 2 ** (1 / 8));
    const [exemplar] = await until('Prometheus had an exemplar', async () => {
      const found = await prometheus.exemplars(`${metric}{job="live"}`);
      return found.length > 0 ? found : undefined;
    });
    const filter = `frame.time_epoch == ${exemplar!.labels['time'] ?? ''}`;
    const fields = ['-T', 'fields', '-e', 'tcp.analysis.ack_rtt'];
    const shown = await runCommand('tshark', ['-n', '-r', capture, '-Y', filter, ...fields]);
    expect(shown.stdout.trim().split('\n').map(Number), shown.stderr).to.include(exemplar!.value);
  });

  it('sends the same classic buckets as protobuf and as text, beside native ones or not', async () => {
    await push('as-text', '--push-format', 'text', ...named);
    await push('as-protobuf', '--push-format', 'protobuf', ...named);
    await push('both', '--histogram', 'both', '--exemplars', ...named);
    const text = await gateway.metrics();
    const linesOf = (job: string) =>
      text
        .split('\n')
        .filter((line) => line.startsWith('rttshark_') && line.includes(`job="${job}"`))
        .filter((line) => !line.includes('last_success'))
        .map((line) => line.replace(`job="${job}"`, ''));
    expect(linesOf('as-text').length).to.be.greaterThan(50);
    expect(linesOf('as-protobuf')).to.deep.equal(linesOf('as-text'));
    expect(linesOf('both')).to.deep.equal(linesOf('as-text'));
  });
});

describe('analyze, where text cannot hold what is asked for', () => {
  for (const [args, words] of [
    [['--histogram', 'native', '--format', 'prometheus'], 'text format holds no native histograms'],
    [['--histogram', 'both', '--push-format', 'text', '--push', 'localhost:9'], 'no native histograms.'],
    [['--exemplars', '--push-format', 'text', '--push', 'localhost:9'], 'holds no exemplars.'],
    [['--histogram', 'native', '--native-schema', '9'], '"9" is no value for --native-schema'],
    [['--histogram', 'native', '--native-schema=-5'], '"-5" is no value for --native-schema'],
    [['--histogram', 'native', '--native-buckets', '0'], '"0" is no value for --native-buckets'],
  ] as const) {
    it(`says so: ${args.join(' ')}`, async () => {
      const { status, stdout, stderr } = await rttshark(['analyze', capture, ...args]);
      expect([status, stdout]).to.deep.equal([2, '']);
      expect(stderr).to.include(words);
    });
  }
});
