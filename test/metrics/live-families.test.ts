import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import type { LiveStatus } from '../../src/measure/live-status.ts';
import type { GroupHistogramCounts } from '../../src/measure/running-histogram.ts';
import { expositionFormats } from '../../src/metrics/exposition-formats.ts';
import { histogramLayout, type HistogramOptions } from '../../src/metrics/histogram-options.ts';
import {
  checkLiveHistogramName,
  liveFamilies,
  liveMetrics,
  type LiveFamiliesOptions,
} from '../../src/metrics/live-families.ts';
import type { MetricFamily } from '../../src/metrics/metric-family.ts';
import { freshStatus, knownStatus, source } from './live-status.ts';
import { parsed } from './python-client.ts';
import { promtoolProgram } from '../support/server-programs.ts';

const pairs: GroupHistogramCounts[] = [
  { labels: { src: '10.0.0.1', dst: '10.0.0.2' }, cumulativeCounts: [1, 2], count: 3, runningSum: 0.3 },
  { labels: { src: 'a"b\\c\nd', dst: '' }, cumulativeCounts: [0, 0], count: 1, runningSum: 12 },
];

function families(
  status: LiveStatus,
  options: LiveFamiliesOptions & { groups?: GroupHistogramCounts[]; histogram?: HistogramOptions } = {},
): MetricFamily[] {
  const { groups = pairs, histogram = {}, ...rest } = options;
  const layout = histogramLayout(
    { name: 'tcp_ack_rtt', field: 'tcp.analysis.ack_rtt', unit: 'seconds', labelNames: ['src', 'dst'] },
    { buckets: [0.001, 1], ...histogram },
  );
  const histograms = [{ layout, groups: () => groups }];
  return [...liveFamilies(status, { histograms }, { residentMemoryBytes: 123_456 }, rest)];
}

function text(...asked: Parameters<typeof families>): string {
  return [...expositionFormats.text.encode(families(...asked))].join('');
}

function lines(begin: string, whole: string): string[] {
  return whole.split('\n').filter((line) => line.startsWith(begin));
}

describe('the metrics of a live capture', () => {
  for (const [what, status] of Object.entries({ known: knownStatus, fresh: freshStatus })) {
    it(`pass promtool without a complaint, where all or hardly anything is known: ${what}`, () => {
      const input = text(status);
      expect(execFileSync(promtoolProgram, ['check', 'metrics'], { input, encoding: 'utf8' })).to.equal('');
    });
  }

  it('are OpenMetrics to a strict reader, with units where names end in them', () => {
    const openMetrics = [...expositionFormats.openMetrics.encode(families(knownStatus))].join('');
    const [read = []] = parsed('openMetrics', [openMetrics]);
    expect(read.slice(1).map(({ name, type, help, unit }) => ({ name, type, help, unit }))).to.deep.equal(
      liveMetrics.map(({ name, type, help, unit = '' }) => ({ name, type, help, unit })),
    );
    expect(read[0]).to.include({ name: 'rttshark_tcp_ack_rtt_seconds', type: 'histogram', unit: 'seconds' });
  });

  it('begin with the histogram, with its counts as they are', () => {
    expect(lines('rttshark_tcp_ack_rtt_seconds', text(knownStatus))).to.deep.equal([
      'rttshark_tcp_ack_rtt_seconds_bucket{src="10.0.0.1",dst="10.0.0.2",le="0.001"} 1',
      'rttshark_tcp_ack_rtt_seconds_bucket{src="10.0.0.1",dst="10.0.0.2",le="1"} 2',
      'rttshark_tcp_ack_rtt_seconds_bucket{src="10.0.0.1",dst="10.0.0.2",le="+Inf"} 3',
      'rttshark_tcp_ack_rtt_seconds_sum{src="10.0.0.1",dst="10.0.0.2"} 0.3',
      'rttshark_tcp_ack_rtt_seconds_count{src="10.0.0.1",dst="10.0.0.2"} 3',
      'rttshark_tcp_ack_rtt_seconds_bucket{src="a\\"b\\\\c\\nd",dst="",le="0.001"} 0',
      'rttshark_tcp_ack_rtt_seconds_bucket{src="a\\"b\\\\c\\nd",dst="",le="1"} 0',
      'rttshark_tcp_ack_rtt_seconds_bucket{src="a\\"b\\\\c\\nd",dst="",le="+Inf"} 1',
      'rttshark_tcp_ack_rtt_seconds_sum{src="a\\"b\\\\c\\nd",dst=""} 12',
      'rttshark_tcp_ack_rtt_seconds_count{src="a\\"b\\\\c\\nd",dst=""} 1',
    ]);
  });

  it('have every figure of the status', () => {
    expect(lines('rttshark_', text(knownStatus, { groups: [] }))).to.deep.equal([
      'rttshark_build_info{version="1.2.3",tshark_version="4.0.17"} 1',
      'rttshark_state{rttshark_state="starting"} 0',
      'rttshark_state{rttshark_state="running"} 1',
      'rttshark_state{rttshark_state="waiting"} 0',
      'rttshark_state{rttshark_state="stopping"} 0',
      'rttshark_start_time_seconds 1795359084.5',
      'rttshark_samples_total{measurement="tcp_ack_rtt"} 900',
      'rttshark_other_samples_total 5',
      'rttshark_groups 12',
      'rttshark_max_groups 1000',
      'rttshark_expired_groups_total 4',
      'rttshark_malformed_rows_total 1',
      'rttshark_malformed_values_total 2',
      'rttshark_lag_seconds 0.16',
      'rttshark_worst_lag_seconds 0.5',
      'rttshark_resident_memory_bytes 123456',
      'rttshark_tshark_resident_memory_bytes 100000000',
      'rttshark_pushes_total 11',
      'rttshark_push_failures_total{code="gateway_refused"} 1',
      'rttshark_push_failures_total{code="gateway_timeout"} 2',
      'rttshark_last_push_timestamp_seconds 1795359100',
      'rttshark_remote_write_samples_total 120000',
      'rttshark_remote_write_failed_samples_total{code="gateway_refused"} 2000',
      'rttshark_remote_write_dropped_samples_total 4000',
      'rttshark_remote_write_pending_samples 600',
      'rttshark_last_remote_write_timestamp_seconds 1795359101',
      'rttshark_capture_state{source="eth0",rttshark_capture_state="starting"} 0',
      'rttshark_capture_state{source="eth0",rttshark_capture_state="running"} 1',
      'rttshark_capture_state{source="eth0",rttshark_capture_state="waiting"} 0',
      'rttshark_capture_state{source="eth0",rttshark_capture_state="stopping"} 0',
      'rttshark_capture_state{source="/run/\\"pipe\\"",rttshark_capture_state="starting"} 0',
      'rttshark_capture_state{source="/run/\\"pipe\\"",rttshark_capture_state="running"} 0',
      'rttshark_capture_state{source="/run/\\"pipe\\"",rttshark_capture_state="waiting"} 1',
      'rttshark_capture_state{source="/run/\\"pipe\\"",rttshark_capture_state="stopping"} 0',
      'rttshark_captured_packets_total{source="eth0"} 1000',
      'rttshark_captured_packets_total{source="/run/\\"pipe\\""} 1000',
      'rttshark_captured_bytes_total{source="eth0"} 96000',
      'rttshark_captured_bytes_total{source="/run/\\"pipe\\""} 96000',
      'rttshark_dropped_packets_total{source="eth0",by="kernel"} 3',
      'rttshark_dropped_packets_total{source="eth0",by="program"} 2',
      'rttshark_dropped_packets_total{source="eth0",by="interface"} 1',
      'rttshark_dropped_packets_total{source="/run/\\"pipe\\"",by="kernel"} 3',
      'rttshark_dropped_packets_total{source="/run/\\"pipe\\"",by="program"} 2',
      'rttshark_dropped_packets_total{source="/run/\\"pipe\\"",by="interface"} 1',
      'rttshark_drops_are_live{source="eth0"} 1',
      'rttshark_drops_are_live{source="/run/\\"pipe\\""} 0',
      'rttshark_sampled_flows_ratio 0.125',
      'rttshark_restarts_total{program="tshark",reason="killed"} 2',
      'rttshark_restarts_total{program="dumpcap",reason="interface_down"} 1',
      'rttshark_gaps_total 3',
      'rttshark_gap_seconds_total 4.25',
      'rttshark_generations_total 6',
      'rttshark_generation_differences_total 7',
      'rttshark_ring_files 10',
      'rttshark_ring_written_bytes_total 1000000000',
      'rttshark_ring_lost_packets_total 0',
    ]);
  });

  it('leave out what is not known', () => {
    const known = new Set(families(freshStatus).map(({ name }) => name));
    const lacking = liveMetrics.map(({ name }) => name).filter((name) => !known.has(name));
    expect(lacking).to.deep.equal([
      'rttshark_lag_seconds',
      'rttshark_worst_lag_seconds',
      'rttshark_tshark_resident_memory_bytes',
      'rttshark_push_failures',
      'rttshark_last_push_timestamp_seconds',
      'rttshark_remote_write_samples',
      'rttshark_remote_write_failed_samples',
      'rttshark_remote_write_dropped_samples',
      'rttshark_remote_write_pending_samples',
      'rttshark_last_remote_write_timestamp_seconds',
      'rttshark_restarts',
      'rttshark_ring_files',
      'rttshark_ring_written_bytes',
      'rttshark_ring_lost_packets',
    ]);
  });

  it('have the labels that they are said to have', () => {
    const given = families(knownStatus).flatMap(({ name, samples }) =>
      Array.from(samples, ({ labels }) => [name, Object.keys(labels)] as const),
    );
    const said = new Map<string, readonly string[]>(
      liveMetrics.map(({ name, labels = [] }) => [name, labels]),
    );
    expect(given.map(([name]) => name)).to.include.members([...said.keys()]);
    for (const [name, labels] of given.slice(pairs.length))
      expect(labels, name).to.deep.equal(said.get(name));
  });

  it('are the histogram alone, where asked, under the names that were given', () => {
    const histogram = { name: 'rtt', help: 'Round trips.', labelNames: { src: 'Source_IP' } };
    expect(text(knownStatus, { groups: pairs.slice(0, 1), histogram, ownMetrics: false })).to.equal(
      [
        '# HELP rtt Round trips.',
        '# TYPE rtt histogram',
        'rtt_bucket{Source_IP="10.0.0.1",dst="10.0.0.2",le="0.001"} 1',
        'rtt_bucket{Source_IP="10.0.0.1",dst="10.0.0.2",le="1"} 2',
        'rtt_bucket{Source_IP="10.0.0.1",dst="10.0.0.2",le="+Inf"} 3',
        'rtt_sum{Source_IP="10.0.0.1",dst="10.0.0.2"} 0.3',
        'rtt_count{Source_IP="10.0.0.1",dst="10.0.0.2"} 3',
        '',
      ].join('\n'),
    );
  });

  it('number sources of one name, so that no series is there twice', () => {
    const sources = ['host', 'host (2)', 'host', 'host'].map((name) => ({ ...source, name }));
    expect(lines('rttshark_drops_are_live', text({ ...knownStatus, sources }))).to.deep.equal([
      'rttshark_drops_are_live{source="host"} 1',
      'rttshark_drops_are_live{source="host (2)"} 1',
      'rttshark_drops_are_live{source="host (3)"} 1',
      'rttshark_drops_are_live{source="host (4)"} 1',
    ]);
  });

  for (const name of [
    'rttshark_groups',
    'rttshark_samples',
    'rttshark_samples_total',
    'rttshark_build_info',
  ]) {
    it(`leave the histogram another name than ${name}`, () => {
      expect(() => {
        checkLiveHistogramName(name);
      })
        .to.throw(RttsharkError, `"${name}"`)
        .with.property('code', 'usage');
    });
  }

  it('let the histogram have its own', () => {
    checkLiveHistogramName('rttshark_tcp_ack_rtt_seconds');
  });
});
