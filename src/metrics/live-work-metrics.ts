import { captureStates, type PushCounts } from '../measure/live-status.ts';
import { single, type LiveMetric } from './live-metric.ts';

/** What rttshark makes of the packets, and what that takes. */
export const workMetrics: readonly LiveMetric[] = [
  {
    type: 'info',
    name: 'rttshark_build',
    help: 'Versions of rttshark and of the tshark that it drives.',
    labels: ['version', 'tshark_version'],
    samples: ({ version, tsharkVersion }) => [{ labels: { version, tshark_version: tsharkVersion } }],
  },
  {
    type: 'stateset',
    name: 'rttshark_state',
    help: 'State of the live capture as a whole.',
    states: captureStates,
    samples: ({ state }) => [{ labels: {}, state }],
  },
  {
    type: 'gauge',
    name: 'rttshark_start_time_seconds',
    help: 'When the live capture was started, in seconds since the epoch.',
    unit: 'seconds',
    samples: ({ startedAt }) => single(startedAt),
  },
  {
    type: 'counter',
    name: 'rttshark_samples',
    help: 'Samples observed, by measurement.',
    labels: ['measurement'],
    samples: ({ samplesByMeasurement }) =>
      samplesByMeasurement.map(({ measurement, count }) => ({ labels: { measurement }, value: count })),
  },
  {
    type: 'counter',
    name: 'rttshark_other_samples',
    help: 'Samples, and packets of counters, that were counted under "other", because there were too many groups.',
    samples: ({ samplesInOther }) => single(samplesInOther),
  },
  {
    type: 'gauge',
    name: 'rttshark_groups',
    help: 'Groups that are held, of all measurements and counters together, "other" included.',
    samples: ({ groups }) => single(groups),
  },
  {
    type: 'gauge',
    name: 'rttshark_max_groups',
    help: 'Groups that are held at most, of each measurement, "other" not included.',
    samples: ({ maxGroups }) => single(maxGroups),
  },
  {
    type: 'counter',
    name: 'rttshark_expired_groups',
    help: 'Groups that were let go because they were idle.',
    samples: ({ expiredGroups }) => single(expiredGroups),
  },
  {
    type: 'counter',
    name: 'rttshark_malformed_rows',
    help: 'Rows of tshark with another number of fields than was asked for, which were dropped.',
    samples: ({ malformedRows }) => single(malformedRows),
  },
  {
    type: 'counter',
    name: 'rttshark_malformed_values',
    help: 'Values of tshark that are none of their type, which were taken for absent.',
    samples: ({ malformedValues }) => single(malformedValues),
  },
  {
    type: 'gauge',
    name: 'rttshark_lag_seconds',
    help: 'From the time of the latest sample to when it was taken into account.',
    unit: 'seconds',
    samples: ({ lagSeconds }) => single(lagSeconds),
  },
  {
    type: 'gauge',
    name: 'rttshark_worst_lag_seconds',
    help: 'The largest lag since the start.',
    unit: 'seconds',
    samples: ({ worstLagSeconds }) => single(worstLagSeconds),
  },
  {
    type: 'gauge',
    name: 'rttshark_resident_memory_bytes',
    help: 'Resident memory of rttshark itself.',
    unit: 'bytes',
    samples: (_, { residentMemoryBytes }) => single(residentMemoryBytes),
  },
  {
    type: 'gauge',
    name: 'rttshark_tshark_resident_memory_bytes',
    help: 'Resident memory of the tshark processes that run now.',
    unit: 'bytes',
    samples: ({ tsharkMemoryBytes }) => single(tsharkMemoryBytes),
  },
  {
    type: 'counter',
    name: 'rttshark_pushes',
    help: 'Pushes that came to an end, failed ones included.',
    samples: ({ pushes }) => single(pushes.succeeded + failedPushes(pushes)),
  },
  {
    type: 'counter',
    name: 'rttshark_push_failures',
    help: 'Pushes that failed, by error code.',
    labels: ['code'],
    samples: ({ pushes }) => failuresByCode(pushes).map(([code, value]) => ({ labels: { code }, value })),
  },
  {
    type: 'gauge',
    name: 'rttshark_last_push_timestamp_seconds',
    help: 'When a push last succeeded, in seconds since the epoch.',
    unit: 'seconds',
    samples: ({ pushes }) => single(pushes.lastSuccessAt),
  },
];

function failuresByCode({ failed }: PushCounts): [code: string, count: number][] {
  return Object.entries(failed).sort(([a], [b]) => (a < b ? -1 : 1));
}

function failedPushes(pushes: PushCounts): number {
  return failuresByCode(pushes).reduce((sum, [, count]) => sum + count, 0);
}
