import type { LiveStatus, SourceStatus } from '../../src/measure/live-status.ts';

/** A source that has seen something of everything. */
export const source: SourceStatus = {
  name: 'eth0',
  kind: 'interface',
  state: 'running',
  packets: 1000,
  bytes: 96_000,
  dropped: { kernel: 3, program: 2, interface: 1 },
  dropsAreLive: true,
};

/** A live capture of which everything is known. */
export const knownStatus: LiveStatus = {
  version: '1.2.3',
  tsharkVersion: '4.0.17',
  state: 'running',
  startedAt: 1_795_359_084.5,
  sources: [source, { ...source, name: '/run/"pipe"', kind: 'pipe', state: 'waiting', dropsAreLive: false }],
  samples: 900,
  samplesByMeasurement: [{ measurement: 'tcp_ack_rtt', count: 900 }],
  malformedRows: 1,
  malformedValues: 2,
  lagSeconds: 0.16,
  worstLagSeconds: 0.5,
  groups: 12,
  maxGroups: 1000,
  expiredGroups: 4,
  samplesInOther: 5,
  generations: 6,
  generationDifferences: 7,
  tsharkMemoryBytes: 100_000_000,
  restarts: [
    { program: 'tshark', reason: 'killed', count: 2 },
    { program: 'dumpcap', reason: 'interface_down', count: 1 },
  ],
  gaps: 3,
  gapSeconds: 4.25,
  pushes: { succeeded: 8, failed: { gateway_timeout: 2, gateway_refused: 1 }, lastSuccessAt: 1_795_359_100 },
  remoteWrites: {
    written: 120_000,
    failed: { gateway_refused: 2000 },
    dropped: 4000,
    pending: 600,
    lastSuccessAt: 1_795_359_101,
  },
  sampledShare: 0.125,
  ring: { files: 10, bytes: 1_000_000_000, lostPackets: 0 },
};

/** The same at its very start, when hardly anything is known. */
export const freshStatus: LiveStatus = {
  ...knownStatus,
  lagSeconds: null,
  worstLagSeconds: null,
  tsharkMemoryBytes: null,
  restarts: [],
  pushes: { succeeded: 0, failed: {}, lastSuccessAt: null },
  remoteWrites: undefined,
  ring: null,
};
