import type { Options } from 'yargs';

/** How the histogram is called and cut, for `--format prometheus` and `--push`. */
export const metricOptions = {
  'metric-name': {
    type: 'string',
    requiresArg: true,
    group: 'Metrics:',
    describe: 'Name of the histogram',
    defaultDescription: 'rttshark_tcp_ack_rtt_seconds',
  },
  'metric-help': {
    type: 'string',
    requiresArg: true,
    group: 'Metrics:',
    describe: 'Help text of the histogram',
  },
  'label-names': {
    type: 'string',
    requiresArg: true,
    group: 'Metrics:',
    describe: 'Other names for labels: src=Source_IP,dst=Destination_IP',
  },
  buckets: {
    type: 'string',
    requiresArg: true,
    group: 'Metrics:',
    describe: 'Upper bounds of the buckets: 1ms,5ms,25ms or seconds; growing',
    defaultDescription: '50us to 10s',
  },
  'own-metrics': {
    type: 'boolean',
    default: true,
    group: 'Metrics:',
    describe:
      'Also the number of samples and, when pushing, the time of the last success; --no-own-metrics leaves them out',
  },
} as const satisfies Record<string, Options>;
