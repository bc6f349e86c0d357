import { single, type LiveMetric } from './live-metric.ts';

/** What became of the samples that were to be written to a store. */
export const remoteWriteMetrics: readonly LiveMetric[] = [
  {
    type: 'counter',
    name: 'rttshark_remote_write_samples',
    help: 'Samples that the receiver of remote writes has taken.',
    samples: ({ remoteWrites }) => single(remoteWrites?.written),
  },
  {
    type: 'counter',
    name: 'rttshark_remote_write_failed_samples',
    help: 'Samples that the receiver of remote writes has refused, by error code.',
    labels: ['code'],
    samples: ({ remoteWrites }) =>
      Object.entries(remoteWrites?.failed ?? {})
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([code, value]) => ({ labels: { code }, value })),
  },
  {
    type: 'counter',
    name: 'rttshark_remote_write_dropped_samples',
    help: 'Samples that were never written, because too many waited for the receiver.',
    samples: ({ remoteWrites }) => single(remoteWrites?.dropped),
  },
  {
    type: 'gauge',
    name: 'rttshark_remote_write_pending_samples',
    help: 'Samples that wait to be written.',
    samples: ({ remoteWrites }) => single(remoteWrites?.pending),
  },
  {
    type: 'gauge',
    name: 'rttshark_last_remote_write_timestamp_seconds',
    help: 'When a remote write last succeeded, in seconds since the epoch.',
    unit: 'seconds',
    samples: ({ remoteWrites }) => single(remoteWrites?.lastSuccessAt),
  },
];
