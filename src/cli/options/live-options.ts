import type { Options } from 'yargs';
import { configOption } from './config-options.ts';
import type { ExtractionChoice } from '../../tshark/profile.ts';
import { liveFormats } from '../live-formats.ts';
import { boundOptions } from './bound-options.ts';
import { captureOptions } from './capture-options.ts';
import { columnOptions } from './column-options.ts';
import { endpointOptions } from './endpoint-options.ts';
import { pushOptions } from './gateway-options.ts';
import { logOptions } from './log-options.ts';
import { metricOptions } from './metric-options.ts';
import { measureOptions } from './measure-options.ts';
import { outputOptions } from './output-options.ts';
import { readOptions } from './read-options.ts';
import { liveRemoteWriteOptions } from './remote-write-options.ts';
import { sampleOptions } from './sample-options.ts';
import { textfileOptions } from './textfile-options.ts';

export const liveOptions = {
  ...captureOptions,
  'display-filter': readOptions['display-filter'],
  'decode-as': readOptions['decode-as'],
  preference: readOptions.preference,
  profile: readOptions.profile,
  extract: {
    type: 'string',
    // Alone, without a choice.
    coerce: (choice: string) => (choice === '' ? 'rows' : choice) as ExtractionChoice | 'rows',
    choices: ['auto', 'fields', 'columns', 'rows'],
    // With a default of its own, that would be its value where it stands alone.
    defaultDescription: 'auto',
    group: 'Reading:',
    describe: 'How values are taken from tshark; alone, or as rows: give the rows of -e and no reports',
  },
  shards: readOptions.shards,
  tshark: readOptions.tshark,
  ...columnOptions,
  output: {
    type: 'string',
    requiresArg: true,
    group: 'Columns:',
    describe: 'Write the rows to this file, whole or not at all, and not to standard output',
  },
  duration: {
    type: 'string',
    requiresArg: true,
    group: 'Ending:',
    describe: 'Capture for so long: 90s, 2h, 7d',
    defaultDescription: 'until Ctrl-C',
  },
  'packet-count': {
    alias: 'c',
    type: 'string',
    requiresArg: true,
    group: 'Ending:',
    describe: 'Capture so many packets, as tshark -c',
  },
  interval: {
    type: 'string',
    requiresArg: true,
    default: '15s',
    group: 'Reporting:',
    describe: 'Time between reports, and between pushes',
  },
  format: {
    choices: liveFormats,
    requiresArg: true,
    group: 'Reporting:',
    describe: 'Form of the reports or rows on standard output',
    defaultDescription: 'table on a terminal, else jsonl; for rows csv',
  },
  top: {
    type: 'string',
    requiresArg: true,
    group: 'Reporting:',
    describe: 'Show at most so many groups in the table',
  },
  'require-samples': {
    type: 'boolean',
    default: false,
    group: 'Reporting:',
    describe: 'Exit with 31 where there was no sample',
  },
  ...outputOptions,
  measure: measureOptions.measure,
  counters: measureOptions.counters,
  ...sampleOptions,
  'max-groups': {
    type: 'string',
    requiresArg: true,
    default: '1000',
    group: 'Grouping:',
    describe: 'Count the samples of further groups under "other"',
  },
  expire: {
    type: 'string',
    requiresArg: true,
    default: '1h',
    group: 'Grouping:',
    describe: 'Let go of groups that had no sample for so long; "never" keeps them',
  },
  ...boundOptions,
  ...metricOptions,
  ...pushOptions,
  'delete-on-exit': {
    type: 'boolean',
    default: false,
    group: 'Pushgateway:',
    describe: 'Delete the group from the gateway when the capture ends',
  },
  ...liveRemoteWriteOptions,
  ...textfileOptions,
  ...endpointOptions,
  ...logOptions,
  ...configOption,
} as const satisfies Record<string, Options>;
