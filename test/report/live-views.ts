import type { LiveStatus, SourceStatus } from '../../src/measure/live-status.ts';
import type { LiveLook, LiveView } from '../../src/report/live-view.ts';
import { groupOf, resultOf, spread } from './measurement-result.ts';
import { office } from './sample-results.ts';

const nothingDropped = { kernel: 0, program: 0, interface: 0 };

export const eth0: SourceStatus = {
  name: 'eth0',
  kind: 'interface',
  state: 'running',
  packets: 1_234_567,
  bytes: 118_518_432,
  dropped: nothingDropped,
  dropsAreLive: true,
};

/** A capture with nothing to complain of. */
export const calm: LiveStatus = {
  version: '0.1.0',
  tsharkVersion: '4.0.17',
  state: 'running',
  startedAt: 1_795_359_000,
  sources: [eth0],
  samples: 14_944,
  samplesByMeasurement: [{ measurement: 'tcp_ack_rtt', count: 14_944 }],
  malformedRows: 0,
  malformedValues: 0,
  lagSeconds: 0.16,
  worstLagSeconds: 0.523,
  groups: 6,
  maxGroups: 1000,
  expiredGroups: 0,
  samplesInOther: 0,
  generations: 3,
  generationDifferences: 0,
  tsharkMemoryBytes: 345_600_000,
  restarts: [],
  gaps: 0,
  gapSeconds: 0,
  pushes: { succeeded: 0, failed: {}, lastSuccessAt: null },
  sampledShare: 1,
  ring: null,
};

/** The same in all kinds of trouble. */
export const troubled: LiveStatus = {
  ...calm,
  state: 'waiting',
  sources: [
    { ...eth0, dropped: { kernel: 1200, program: 30, interface: 4 } },
    { ...eth0, name: 'eth1', packets: 0 },
  ],
  malformedRows: 2,
  malformedValues: 1,
  samplesInOther: 512,
  restarts: [{ program: 'dumpcap', reason: 'killed', count: 2 }],
  gaps: 1,
  gapSeconds: 3.4,
  pushes: { succeeded: 3, failed: { gateway_timeout: 2 }, lastSuccessAt: 1_795_360_000 },
  sampledShare: 1 / 8,
  ring: { files: 10, bytes: 987_654_321, lostPackets: 7 },
};

/** The last quarter of a minute of the office's morning: two hosts got slower or faster, others were silent. */
const interval = resultOf(
  groupOf({ src: '10.0.0.2', dst: '10.0.0.1' }, spread(180, 0.0002, 0.002)),
  groupOf({ src: '142.250.185.78', dst: '192.168.10.21' }, spread(120, 0.006, 0.04)),
  groupOf({ src: '172.16.4.200', dst: '172.16.4.1' }, spread(20, 0.0008, 0.0021)),
  groupOf({ src: '10.0.0.9', dst: '10.0.0.1' }, [0.000_052_3]),
);

export const officeView: LiveView = {
  now: { status: calm, elapsedSeconds: 7425 },
  before: {
    status: { ...calm, sources: [{ ...eth0, packets: 1_222_222 }], samples: 14_623 },
    elapsedSeconds: 7410,
  },
  clockSeconds: 1_795_360_012,
  interval,
  total: office,
  intervalSeconds: 15,
  nextReportSeconds: 11.4,
};

export const plainLook: LiveLook = {
  width: 120,
  height: 40,
  colour: false,
  unicode: true,
  top: undefined,
  description: 'time from a TCP segment to its ACK',
};
