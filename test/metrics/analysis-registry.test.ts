import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { register } from 'prom-client';
import { RttsharkError } from '../../src/errors.ts';
import { analysisRegistry, type RegistryOptions } from '../../src/metrics/analysis-registry.ts';
import { measured } from './measured.ts';
import { promtoolProgram } from '../support/server-programs.ts';

const pairs = measured(
  ['src', 'dst'],
  [
    [
      ['10.0.0.1', '10.0.0.2'],
      [0.003, 0.02, 0.0004],
    ],
    [['2001:db8::1', '10.0.0.2'], [12]],
  ],
);

describe('the metrics of an analysis', () => {
  it('are a histogram with the labels of its groups, and the number of samples', async () => {
    const text = await analysisRegistry(pairs, { histogram: { buckets: [0.001, 0.01, 0.1] } }).metrics();
    expect(text.split('\n').filter((line) => !line.startsWith('#'))).to.deep.equal([
      'rttshark_tcp_ack_rtt_seconds_bucket{src="10.0.0.1",dst="10.0.0.2",le="0.001"} 1',
      'rttshark_tcp_ack_rtt_seconds_bucket{src="10.0.0.1",dst="10.0.0.2",le="0.01"} 2',
      'rttshark_tcp_ack_rtt_seconds_bucket{src="10.0.0.1",dst="10.0.0.2",le="0.1"} 3',
      'rttshark_tcp_ack_rtt_seconds_bucket{src="10.0.0.1",dst="10.0.0.2",le="+Inf"} 3',
      `rttshark_tcp_ack_rtt_seconds_sum{src="10.0.0.1",dst="10.0.0.2"} ${0.003 + 0.02 + 0.0004}`,
      'rttshark_tcp_ack_rtt_seconds_count{src="10.0.0.1",dst="10.0.0.2"} 3',
      'rttshark_tcp_ack_rtt_seconds_bucket{src="2001:db8::1",dst="10.0.0.2",le="0.001"} 0',
      'rttshark_tcp_ack_rtt_seconds_bucket{src="2001:db8::1",dst="10.0.0.2",le="0.01"} 0',
      'rttshark_tcp_ack_rtt_seconds_bucket{src="2001:db8::1",dst="10.0.0.2",le="0.1"} 0',
      'rttshark_tcp_ack_rtt_seconds_bucket{src="2001:db8::1",dst="10.0.0.2",le="+Inf"} 1',
      'rttshark_tcp_ack_rtt_seconds_sum{src="2001:db8::1",dst="10.0.0.2"} 12',
      'rttshark_tcp_ack_rtt_seconds_count{src="2001:db8::1",dst="10.0.0.2"} 1',
      '',
      'rttshark_samples_total{measurement="tcp_ack_rtt"} 4',
      '',
    ]);
  });

  it('pass promtool, with whatever a label value holds', async () => {
    const hostile = measured(
      ['interface'],
      [
        [['a"b\\c\nd'], [0.1]],
        [['|'], [0.2]],
        [[''], [0.3]],
        [['é|'], [0.3]],
      ],
    );
    const text = await analysisRegistry(hostile, { succeededAt: 1700000000.5 }).metrics();
    const complaints = execFileSync(promtoolProgram, ['check', 'metrics'], { input: text, encoding: 'utf8' });
    expect(complaints).to.equal('');
    expect(text.match(/_count\{/g)).to.have.length(4);
    expect(text).to.include('rttshark_last_success_timestamp_seconds 1700000000.5\n');
  });

  it('leave out what rttshark says of itself, where asked', async () => {
    const text = await analysisRegistry(pairs, { ownMetrics: false, succeededAt: 1 }).metrics();
    expect(text.match(/^# TYPE .*/gm)).to.deep.equal(['# TYPE rttshark_tcp_ack_rtt_seconds histogram']);
  });

  it('are called as asked', async () => {
    const histogram = { name: 'rtt', help: 'Round trips.', labelNames: { src: 'Source_IP' } };
    const text = await analysisRegistry(pairs, { histogram }).metrics();
    expect(text).to.include('# HELP rtt Round trips.\n# TYPE rtt histogram\n');
    expect(text).to.include('rtt_count{Source_IP="10.0.0.1",dst="10.0.0.2"} 3');
  });

  it('stay out of the global registry', () => {
    analysisRegistry(pairs, { succeededAt: 1 });
    expect(register.getMetricsAsArray()).to.deep.equal([]);
  });

  it('have no series without labels twice over, and none at all without groups', async () => {
    const text = await analysisRegistry(measured(['src'], []), { ownMetrics: false }).metrics();
    expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).to.deep.equal([]);
  });

  const wrong: [why: string, options: RegistryOptions['histogram']][] = [
    ['a metric name that begins with a digit', { name: '1rtt' }],
    ['an empty metric name', { name: '' }],
    ['a label name with a dash', { labelNames: { src: 'source-ip' } }],
    ['a label name that belongs to the buckets', { labelNames: { src: 'le' } }],
    ['a label name that is internal', { labelNames: { src: '__src' } }],
    ['two labels of one name', { labelNames: { src: 'dst' } }],
    ['a label that is not there', { labelNames: { scr: 'x' } }],
    ['buckets that do not grow', { buckets: [1, 1] }],
  ];
  for (const [why, histogram] of wrong) {
    it(`refuse ${why}`, () => {
      expect(() => analysisRegistry(pairs, { histogram }))
        .to.throw(RttsharkError)
        .with.property('code', 'usage');
    });
  }
});
