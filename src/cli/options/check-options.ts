import type { Options } from 'yargs';
import { configOption } from './config-options.ts';
import { measureOptions } from './measure-options.ts';
import { logOptions } from './log-options.ts';
import { outputOptions } from './output-options.ts';
import { readOptions } from './read-options.ts';
import { sampleOptions } from './sample-options.ts';

export const checkOptions = {
  max: {
    type: 'string',
    array: true,
    nargs: 1,
    group: 'Checks:',
    describe: 'A statistic that no group may exceed: p95=50ms; repeatable',
  },
  min: {
    type: 'string',
    array: true,
    nargs: 1,
    group: 'Checks:',
    describe: 'A statistic that every group must reach: count=100; repeatable',
  },
  for: {
    type: 'string',
    array: true,
    nargs: 1,
    group: 'Checks:',
    describe: 'Only groups whose label matches: src=10.0.0.0/8, dst=2001:db8::1; repeatable, all must match',
  },
  baseline: {
    type: 'string',
    requiresArg: true,
    group: 'Checks:',
    describe: 'Compare with the statistics in this file',
  },
  tolerance: {
    type: 'string',
    requiresArg: true,
    default: '10%',
    group: 'Checks:',
    describe: 'How much worse than the baseline is still good',
  },
  update: {
    type: 'boolean',
    default: false,
    group: 'Checks:',
    describe: 'Write the baseline instead of comparing',
  },
  format: {
    choices: ['table', 'json'],
    requiresArg: true,
    default: 'table',
    group: 'Output:',
    describe: 'Form of the results',
  },
  junit: {
    type: 'string',
    requiresArg: true,
    group: 'Output:',
    describe: 'Also write the checks to this file, as JUnit XML',
  },
  ...outputOptions,
  ...measureOptions,
  ...sampleOptions,
  ...readOptions,
  ...logOptions,
  ...configOption,
} as const satisfies Record<string, Options>;
