import type { Options } from 'yargs';
import { configOption } from './config-options.ts';
import { resultFormats } from '../result-formats.ts';
import { pushOptions } from './gateway-options.ts';
import { metricOptions } from './metric-options.ts';
import { measureOptions } from './measure-options.ts';
import { logOptions } from './log-options.ts';
import { outputOptions } from './output-options.ts';
import { readOptions } from './read-options.ts';
import { remoteWriteOptions } from './remote-write-options.ts';
import { sampleOptions } from './sample-options.ts';
import { textfileOptions } from './textfile-options.ts';

export const analyzeOptions = {
  format: {
    choices: resultFormats,
    requiresArg: true,
    default: 'table',
    group: 'Output:',
    describe: 'Form of the results on standard output',
  },
  top: { type: 'string', requiresArg: true, group: 'Output:', describe: 'Show so many groups in the table' },
  'require-samples': {
    type: 'boolean',
    default: false,
    group: 'Output:',
    describe: 'Exit with 31 where there is no sample',
  },
  ...outputOptions,
  ...measureOptions,
  ...sampleOptions,
  ...readOptions,
  ...logOptions,
  ...metricOptions,
  ...pushOptions,
  ...remoteWriteOptions,
  ...textfileOptions,
  ...configOption,
} as const satisfies Record<string, Options>;
