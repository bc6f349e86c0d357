import { captureStates, type DroppedPackets } from '../measure/live-status.ts';
import { bySource, single, type LiveMetric } from './live-metric.ts';

const losers = ['kernel', 'program', 'interface'] as const satisfies readonly (keyof DroppedPackets)[];

/** What became of the packets: captured, dropped, written, missed. */
export const captureMetrics: readonly LiveMetric[] = [
  {
    type: 'stateset',
    name: 'rttshark_capture_state',
    help: 'State of the capture, by source; "waiting" is the pause before something that died is started again.',
    labels: ['source'],
    states: captureStates,
    samples: ({ sources }) => sources.map(({ name, state }) => ({ labels: { source: name }, state })),
  },
  {
    type: 'counter',
    name: 'rttshark_captured_packets',
    help: 'Packets captured, by source.',
    unit: 'packets',
    labels: ['source'],
    samples: (status) => bySource(status, ({ packets }) => packets),
  },
  {
    type: 'counter',
    name: 'rttshark_captured_bytes',
    help: 'Bytes captured, by source: of each packet what the snapshot length leaves of it.',
    unit: 'bytes',
    labels: ['source'],
    samples: (status) => bySource(status, ({ bytes }) => bytes),
  },
  {
    type: 'counter',
    name: 'rttshark_dropped_packets',
    help: 'Packets lost before they were read, by source and by who dropped them.',
    unit: 'packets',
    labels: ['source', 'by'],
    samples: ({ sources }) =>
      sources.flatMap(({ name, dropped }) =>
        losers.map((by) => ({ labels: { source: name, by }, value: dropped[by] })),
      ),
  },
  {
    type: 'gauge',
    name: 'rttshark_drops_are_live',
    help: 'Whether drops are known while the capture runs (1), or only when the capturing program has ended (0).',
    labels: ['source'],
    samples: (status) => bySource(status, ({ dropsAreLive }) => (dropsAreLive ? 1 : 0)),
  },
  {
    type: 'gauge',
    name: 'rttshark_sampled_flows_ratio',
    help: 'Share of the flows that is captured: 1 for all.',
    unit: 'ratio',
    samples: ({ sampledShare }) => single(sampledShare),
  },
  {
    type: 'counter',
    name: 'rttshark_restarts',
    help: 'Programs that were started again, by program and reason.',
    labels: ['program', 'reason'],
    samples: ({ restarts }) =>
      restarts.map(({ program, reason, count }) => ({ labels: { program, reason }, value: count })),
  },
  {
    type: 'counter',
    name: 'rttshark_gaps',
    help: 'Stretches of time in which packets were not captured or not dissected.',
    samples: ({ gaps }) => single(gaps),
  },
  {
    type: 'counter',
    name: 'rttshark_gap_seconds',
    help: 'How long packets were not captured or not dissected, all gaps together.',
    unit: 'seconds',
    samples: ({ gapSeconds }) => single(gapSeconds),
  },
  {
    type: 'counter',
    name: 'rttshark_generations',
    help: 'tshark processes that were started to follow each other, the first included.',
    samples: ({ generations }) => single(generations),
  },
  {
    type: 'counter',
    name: 'rttshark_generation_differences',
    help: 'Rows in which an old and a new tshark did not agree when one followed the other.',
    samples: ({ generationDifferences }) => single(generationDifferences),
  },
  {
    type: 'gauge',
    name: 'rttshark_ring_files',
    help: 'Capture files that are kept beside the analysis.',
    samples: ({ ring }) => single(ring?.files),
  },
  {
    type: 'counter',
    name: 'rttshark_ring_written_bytes',
    help: 'Bytes written to capture files, those removed since included.',
    unit: 'bytes',
    samples: ({ ring }) => single(ring?.bytes),
  },
  {
    type: 'counter',
    name: 'rttshark_ring_lost_packets',
    help: 'Packets that could not be written to capture files, as to a full disk.',
    unit: 'packets',
    samples: ({ ring }) => single(ring?.lostPackets),
  },
];
