import type { Options } from 'yargs';
import { histogramKinds } from '../../metrics/metric-family.ts';

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
  histogram: {
    choices: histogramKinds,
    requiresArg: true,
    default: 'classic',
    group: 'Metrics:',
    describe: "Buckets to push: those of --buckets, a native histogram's exponential ones, or both",
  },
  'native-schema': {
    type: 'string',
    requiresArg: true,
    default: '3',
    group: 'Metrics:',
    describe: 'Resolution of a native histogram, from -4 to 8: at 3, bounds grow by 9 %',
  },
  'native-buckets': {
    type: 'string',
    requiresArg: true,
    default: '160',
    group: 'Metrics:',
    describe: 'With more buckets than that, a native histogram has its resolution lowered',
  },
  exemplars: {
    type: 'boolean',
    default: false,
    group: 'Metrics:',
    describe: 'Give for each bucket of --buckets a sample, with what leads to its packet',
  },
  'own-metrics': {
    type: 'boolean',
    default: true,
    group: 'Metrics:',
    describe:
      'Also the number of samples and, when pushing, the time of the last success; --no-own-metrics leaves them out',
  },
} as const satisfies Record<string, Options>;
